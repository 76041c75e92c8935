import { resolve } from 'node:path';
import type { Command } from 'commander';
import { MigrationConfig } from '../../config/areas/migration.config.js';
import { SchemaConfig } from '../../config/areas/schema.config.js';
import { TlsConfig } from '../../config/areas/tls.config.js';
import { loadConfig } from '../../config/load-config.js';
import { optionalDirectUrl, requiredUrl } from '../../config/required-url.js';
import { repositoryRoot } from '../../embedded/home.js';
import { prepareEnvironment } from '../../embedded/prepare-environment.js';
import type { SchemaManager } from '../../schema/manager/schema-manager.js';
import type { SchemaManagerOptions } from '../../schema/manager/schema-manager.types.js';
import type { CliIo, ExitCode } from '../command.js';

/** The options of every command that compares or repairs. */
export interface ServerOptions {
  readonly scratchUrl?: string;
  readonly adminUrl?: string;
  readonly baseline?: string;
  readonly json?: boolean;
}

export function declareServerOptions(command: Command): Command {
  return command
    .option('--scratch-url <url>', 'a login that may create databases on the same server (default: DATABASE_SCRATCH_URL; the embedded server needs none)')
    .option('--admin-url <url>', 'an administrator, for roles, settings and owners (default: DATABASE_ADMIN_URL; the embedded server needs none)')
    .option('--baseline <file>', 'the file of accepted drift (default: SCHEMA_BASELINE)')
    .option('--json', 'print the answer as JSON');
}

/** The settings of one manager, of the environment and of the command line. */
export function managerOptions(options: ServerOptions, administratorUrl: string | undefined, onProgress: (text: string) => void): SchemaManagerOptions {
  const config = loadConfig(SchemaConfig);
  const scratchUrl = options.scratchUrl ?? config.scratchUrl ?? administratorUrl;
  const adminUrl = options.adminUrl ?? config.adminUrl ?? administratorUrl;
  const direct = optionalDirectUrl();
  return {
    ownerUrl: requiredUrl('DATABASE_OWNER_URL'),
    tls: loadConfig(TlsConfig),
    baselineFile: resolve(repositoryRoot(), options.baseline ?? config.baseline),
    destructiveAllowed: loadConfig(MigrationConfig).destructive,
    lockTimeoutMs: config.lockTimeoutMs,
    attempts: config.attempts,
    onProgress,
    ...(scratchUrl === undefined ? {} : { scratchUrl }),
    ...(adminUrl === undefined ? {} : { administratorUrl: adminUrl }),
    ...(direct === undefined ? {} : { directUrl: direct }),
  };
}

/**
 * Does `work` with a manager of the database of the environment, the embedded one where none is set.
 * @returns what `work` answers, or 2 where it could not look
 */
export async function withManager(
  options: ServerOptions,
  io: CliIo,
  work: (manager: SchemaManager, options: SchemaManagerOptions) => Promise<ExitCode>,
): Promise<ExitCode> {
  const prepared = await prepareEnvironment({ service: 'cli', migrate: false });
  // Loaded here only: the other commands need neither the comparing library nor its memory.
  const { SchemaManager } = await import('../../schema/manager/schema-manager.js');
  const { CouldNotLookError } = await import('../../schema/errors.js');
  try {
    const settings = managerOptions(options, prepared.administratorUrl, (text) => io.err(text));
    return await work(new SchemaManager(settings), settings);
  } catch (error) {
    if (!(error instanceof CouldNotLookError)) throw error;
    io.err(`Could not look: ${error.message}`);
    return 2;
  } finally {
    await prepared.close();
  }
}
