import type { Command } from 'commander';
import { MigrationRunConfig } from '../../config/areas/migration-run.config.js';
import { TlsConfig } from '../../config/areas/tls.config.js';
import { loadConfig } from '../../config/load-config.js';
import { optionalDirectUrl, requiredUrl } from '../../config/required-url.js';
import { DatabaseUnavailableError } from '../../config/unreachable.js';
import { prepareEnvironment, readEnvFile } from '../../embedded/prepare-environment.js';
import { sqlStateOf } from '../../errors.js';
import { OwnerUrlMissingError } from '../../migrations/errors.js';
import { ownerVariableOf, targetNamed } from '../../migrations/further-databases.js';
import { MigrationDataSource } from '../../migrations/migration-data-source.js';
import type { RunnerOptions } from '../../migrations/runner/options.js';
import { PLINTH, type MigrationTarget } from '../../migrations/target.js';
import type { CliIo, ExitCode } from '../command.js';

/** The option of every command about migrations. */
export interface DatabaseOption {
  readonly database?: string;
}

/** Declares it. */
export function declareDatabase(command: Command): void {
  command.option('--database <name>', 'a further database: its migrations are in migrations/<name>/, its owner logs in by DATABASES_<NAME>_OWNER_URL');
}

/**
 * Runs `work` with the migrations of the database that is asked for, as its owner; without any URL, and outside production, ours are
 * those of the embedded server.
 * @throws UnknownMigrationDatabaseError, ConfigurationError, DatabaseUnavailableError, and what `work` throws
 */
export async function withMigrations<T>(
  { database }: DatabaseOption,
  io: CliIo,
  work: (source: MigrationDataSource, target: MigrationTarget) => Promise<T>,
  options: RunnerOptions = {},
): Promise<T> {
  const target = targetNamed(database);
  const environment = await open(target);
  try {
    const source = sourceOf(target, { ...options, say: (text) => io.err(text) });
    await source.initialize();
    try {
      return await work(source, target);
    } finally {
      await source.destroy();
    }
  } finally {
    await environment.close();
  }
}

/** Answers 2 where the database could not be asked, after saying why: "could not look" is not "nothing is there". */
export async function orCouldNotLook(io: CliIo, look: () => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof DatabaseUnavailableError) && sqlStateOf(error) === undefined) throw error;
    io.err(`Could not look: ${error instanceof Error ? error.message : String(error)}`);
    return 2;
  }
}

async function open(target: MigrationTarget): Promise<{ close(): Promise<void> }> {
  if (target.database === PLINTH.database) return prepareEnvironment({ service: 'migrations', migrate: false });
  readEnvFile();
  return { close: () => Promise.resolve() };
}

function sourceOf(target: MigrationTarget, options: RunnerOptions): MigrationDataSource {
  const settings = { tls: loadConfig(TlsConfig), ...loadConfig(MigrationRunConfig).limits(), ...options, target };
  if (target.database !== PLINTH.database) return new MigrationDataSource(requiredUrl(ownerVariableOf(target.database)), settings);
  // The owner's URL alone: a job that migrates need not know the services' logins.
  if (!process.env['DATABASE_OWNER_URL']) throw new OwnerUrlMissingError();
  return new MigrationDataSource(requiredUrl('DATABASE_OWNER_URL'), { ...settings, directUrl: optionalDirectUrl() });
}
