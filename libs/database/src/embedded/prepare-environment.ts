import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { config as readInto } from 'dotenv';
import { MigrationConfig } from '../config/areas/migration.config.js';
import { markEmbeddedServer } from '../config/environment.js';
import { loadConfig } from '../config/load-config.js';
import { misspelt } from '../config/misspelt.js';
import { optionalDirectUrl, requiredUrl } from '../config/required-url.js';
import { createLogger } from '../logging.js';
import { MixedServersError } from './errors.js';
import { repositoryRoot } from './home.js';
import { joinEmbeddedServer, type EmbeddedServer } from './join.js';
import { migrateAndSeed } from './migrate-and-seed.js';

export interface PrepareOptions {
  /** The name of the process in logs and in `db:stop`: api, worker, cli. */
  readonly service: string;
  /** False leaves migrations and seeds to the caller (the CLI's own commands). Default true. */
  readonly migrate?: boolean;
  /** Called once before it migrates, when the environment is known: what answers for the service until that is done. */
  readonly meanwhile?: () => Promise<Meanwhile>;
}

/** Answers for a service that does not listen yet. */
export interface Meanwhile {
  /** What the migration is at. */
  say(text: string): void;
  close(): Promise<void>;
}

export interface PreparedEnvironment {
  /** Whether the database is the embedded server. */
  readonly embedded: boolean;
  /** The embedded server's superuser, for what takes one: scratch databases, repairs of roles. Absent on a server of your own. */
  readonly administratorUrl?: string;
  /** Gives the lease on the embedded server back. Call it last. */
  close(): Promise<void>;
}

const URL_VARIABLES = {
  DATABASE_URL: 'login',
  DATABASE_PRIVILEGED_URL: 'privileged',
  DATABASE_QUEUE_URL: 'queue',
  DATABASE_OWNER_URL: 'owner',
} as const;

/**
 * The first thing every process does: reads `.env` of the checkout (variables that are set win); where DATABASE_URL is not set and
 * NODE_ENV is not production, joins the embedded server and sets the URLs and this installation's secrets; then migrates and seeds
 * if ENABLE_AUTO_MIGRATION says so, while `meanwhile` answers for the service. Safe in several processes at once. In production without DATABASE_URL it does nothing: the
 * configuration refuses then.
 * @throws EmbeddedServerError, MixedServersError, ConfigurationError, and what a migration throws
 */
export async function prepareEnvironment({ service, migrate = true, meanwhile }: PrepareOptions): Promise<PreparedEnvironment> {
  const log = createLogger(service);
  for (const { written, meant } of misspelt(readEnvFile())) log.warn(`.env sets "${written}", which nothing reads. If "${meant}" is meant, write that.`);
  const server = await joinWhereNeeded(service, (text) => log.info(text));
  try {
    if (migrate && process.env['DATABASE_URL'] && loadConfig(MigrationConfig).autoMigration) {
      await migrateWhileAnswering(meanwhile, (text) => log.info(text));
    }
  } catch (error) {
    await server?.release();
    throw error;
  }
  return {
    embedded: server !== undefined,
    ...(server === undefined ? {} : { administratorUrl: server.urls.admin }),
    close: async () => server?.release(),
  };
}

async function migrateWhileAnswering(meanwhile: PrepareOptions['meanwhile'], progress: (text: string) => void): Promise<void> {
  const ownerUrl = requiredUrl('DATABASE_OWNER_URL');
  const direct = optionalDirectUrl();
  const answering = await meanwhile?.();
  try {
    const say = (text: string): void => {
      progress(text);
      answering?.say(text);
    };
    await migrateAndSeed(ownerUrl, say, direct);
  } finally {
    await answering?.close();
  }
}

/** Takes the variables of the checkout's `.env` that are not set yet. Answers the names of all that stand there. */
export function readEnvFile(): string[] {
  const path = join(repositoryRoot(), '.env');
  return existsSync(path) ? Object.keys(readInto({ path, quiet: true }).parsed ?? {}) : [];
}

async function joinWhereNeeded(service: string, onProgress: (text: string) => void): Promise<EmbeddedServer | undefined> {
  if (process.env['DATABASE_URL'] || process.env['NODE_ENV'] === 'production') return undefined;
  refuseMixture();
  const server = await joinEmbeddedServer({ name: service, onProgress });
  for (const [variable, login] of Object.entries(URL_VARIABLES)) process.env[variable] = server.urls[login];
  process.env['JWT_KEYS'] ||= server.secrets.jwtKeys;
  process.env['ENCRYPTION_KEYS'] ||= server.secrets.encryptionKeys;
  process.env['HEALTH_TOKEN'] ||= server.secrets.healthToken;
  markEmbeddedServer();
  return server;
}

/** Half of the work on one server and half on another is never meant. */
function refuseMixture(): void {
  const set = [...Object.keys(URL_VARIABLES), 'DATABASE_DIRECT_URL'].filter((variable) => process.env[variable]);
  if (set.length > 0) throw new MixedServersError(set);
}
