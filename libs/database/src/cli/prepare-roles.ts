import type { Command } from 'commander';
import { parse } from 'dotenv';
import { TlsConfig } from '../config/areas/tls.config.js';
import { parseLoginUrl, type ConnectionTarget } from '../config/connection-url.js';
import { InvalidSettingError } from '../config/errors.js';
import { loadConfig } from '../config/load-config.js';
import { prepareDatabase } from '../roles/prepare-database.js';
import type { CliIo } from './command.js';
import { InvalidOptionError } from './errors.js';
import { envLines, knownPasswords, readEnvFile, writeEnvFile, formatLine, type EnvLine } from './env-lines.js';

/** The options of every command that makes roles. */
export interface RolesOptions {
  readonly adminUrl: string;
  readonly database?: string;
  /** `true` means `.env`. Not called --env-file: Node takes that for itself, wherever it stands. */
  readonly writeEnv?: string | true;
  readonly rotatePasswords?: boolean;
  readonly plainPasswords?: boolean;
  readonly clusterLogins?: boolean;
}

const DEFAULT_DATABASE = 'plinth';
const MAINTENANCE_DATABASE = 'postgres';

/** Declares all of them but `--admin-url`, which one command demands and another does not. */
export function declareRolesOptions(command: Command): void {
  command
    .option('--database <name>', 'the database to prepare, made if missing (default: the one in the URL; plinth where that is postgres)')
    .option('--write-env [path]', 'write the lines into this file (default .env) instead of printing them')
    .option('--rotate-passwords', 'new passwords for all logins, also for those that exist')
    .option('--plain-passwords', 'send passwords as they are, for managed servers that refuse SCRAM verifiers')
    .option('--cluster-logins', 'let app_tenant and app_admin log in, for a sharded database');
}

/** Makes roles, database and schema, says what was done, and returns the lines, which hold passwords. */
export async function prepareRoles(options: RolesOptions, io: CliIo): Promise<readonly EnvLine[]> {
  const named = targetOf(options.adminUrl).database;
  const database = options.database ?? (named === MAINTENANCE_DATABASE ? DEFAULT_DATABASE : named);
  const known =
    options.writeEnv === undefined || options.rotatePasswords ? {} : knownPasswords(options.adminUrl, parse(await readEnvFile(pathOf(options.writeEnv))));
  const result = await prepareDatabase(options.adminUrl, {
    database,
    passwords: known,
    tls: loadConfig(TlsConfig, io.env),
    rotatePasswords: options.rotatePasswords,
    plainPasswords: options.plainPasswords,
    clusterLogins: options.clusterLogins,
  });
  if (result.created) io.err(`Made the database "${database}".`);
  io.err(result.changes.length === 0 ? `Roles and schema of "${database}" were as they should be.` : `Made or mended the roles and schema of "${database}":`);
  for (const change of result.changes) io.err(`  ${change}`);
  if (result.leftOpen.length > 0) {
    io.err(`Still open to everybody, since only a superuser could close it: ${result.leftOpen.join(', ')}. docs/threat-model.md says what that means.`);
  }
  return envLines(options.adminUrl, database, result.passwords);
}

/** Prints the lines, or writes them into the file that was asked for. */
export async function handOut(lines: readonly EnvLine[], options: Pick<RolesOptions, 'writeEnv'>, io: CliIo): Promise<void> {
  if (options.writeEnv === undefined) {
    for (const line of lines) io.out(formatLine(line));
    return;
  }
  const path = pathOf(options.writeEnv);
  await writeEnvFile(path, lines);
  const written = lines.filter(({ url }) => url !== undefined).map(({ name }) => name);
  io.err(written.length === 0 ? `"${path}" stays as it is.` : `Wrote ${written.join(', ')} to "${path}".`);
  for (const line of lines.filter(({ url }) => url === undefined)) io.err(formatLine(line));
}

function pathOf(writeEnv: string | true): string {
  return writeEnv === true ? '.env' : writeEnv;
}

function targetOf(adminUrl: string): ConnectionTarget {
  try {
    return parseLoginUrl(adminUrl);
  } catch (error) {
    throw error instanceof InvalidSettingError ? new InvalidOptionError('--admin-url', error) : error;
  }
}
