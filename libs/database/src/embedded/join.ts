import { readSecrets, EMBEDDED_SUPERUSER, type EmbeddedLogin, type EmbeddedSecrets } from './secrets.js';
import { ensureDatabase } from './ensure-database.js';
import { SecretsUnusableError } from './errors.js';
import { embeddedHome } from './home.js';
import { Lease, type LeaseOptions } from './lease.js';
import type { ServerFacts } from './protocol.js';

/** One URL per login, all to the same database. `admin` is the superuser, for bootstrap and tests only. */
export interface EmbeddedUrls {
  readonly login: string;
  readonly privileged: string;
  readonly queue: string;
  readonly owner: string;
  readonly admin: string;
}

export interface EmbeddedServer {
  readonly urls: EmbeddedUrls;
  readonly secrets: EmbeddedSecrets;
  /** As the supervisor told them last. */
  readonly facts: ServerFacts;
  /** The home folder, absolute. */
  readonly home: string;
  /** Gives the lease back; the server stops a grace after the last one. */
  release(): Promise<void>;
}

export interface JoinOptions extends LeaseOptions {
  /** Relative to the checkout. Default: PLINTH_HOME, then `.plinth`. */
  readonly home?: string;
  /** Made where it does not exist, with the roles' schema and grants. Default `plinth`. */
  readonly database?: string;
}

/**
 * Brings up, or joins, the embedded PostgreSQL of a home folder, with its roles and one database, and holds a lease on it. Safe to
 * call from many processes at once. A join of a server that runs costs some milliseconds.
 * @throws EmbeddedServerError: one class per cause
 */
export async function joinEmbeddedServer(options: JoinOptions = {}): Promise<EmbeddedServer> {
  const home = embeddedHome(options.home);
  const database = options.database ?? 'plinth';
  const lease = await new Lease(home, options).acquire();
  try {
    const secrets = await readSecrets(home);
    if (!secrets) throw new SecretsUnusableError(`The server runs, but "${home.secretsFile}" is gone. Put back a copy, or run "npm run db:reset -- --yes".`);
    const { port } = lease.facts;
    await ensureDatabase(home, urlOf(EMBEDDED_SUPERUSER, secrets, port, 'postgres'), database, secrets, options.onProgress);
    return {
      urls: {
        login: urlOf('app_login', secrets, port, database),
        privileged: urlOf('app_privileged', secrets, port, database),
        queue: urlOf('app_queue', secrets, port, database),
        owner: urlOf('app_owner', secrets, port, database),
        admin: urlOf(EMBEDDED_SUPERUSER, secrets, port, database),
      },
      secrets,
      home: home.folder,
      get facts() {
        return lease.facts;
      },
      release: () => lease.release(),
    };
  } catch (error) {
    await lease.release();
    throw error;
  }
}

function urlOf(role: EmbeddedLogin | typeof EMBEDDED_SUPERUSER, secrets: EmbeddedSecrets, port: number, database: string): string {
  return `postgres://${role}:${encodeURIComponent(secrets.passwords[role])}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
}
