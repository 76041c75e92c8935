import { IsIn, IsInt, Max, Min } from 'class-validator';
import { isLocal, parseConnectionUrl, parseDirectUrl, parseLoginUrl } from '../connection-url.js';
import { ConfigurationError, InvalidSettingError, type ConfigurationProblem } from '../errors.js';
import { loadConfig } from '../load-config.js';
import { maskValue } from '../masking.js';
import { ConfigArea, Env, type ConfigContext } from '../registry.js';
import { resolveSsl } from '../tls.js';
import { TlsConfig } from './tls.config.js';

export const ROUND_TRIP_FORMS = ['one-sync', 'transaction'] as const;
export type RoundTripForm = (typeof ROUND_TRIP_FORMS)[number];

/** The password of the examples; refused in production. */
const EXAMPLE_PASSWORD = 'change-me';

const loginUrl = (text: string): string => (parseLoginUrl(text), text.trim());
const serverUrl = (text: string): string => (parseDirectUrl(text), text.trim());
const TIMEOUT_HINT = '0 means no limit.';

/** Where PostgreSQL is, who logs in for which work, and how many connections each process holds. */
@ConfigArea<DatabaseConfig>('database', { title: 'Database', check: checkConnections })
export class DatabaseConfig {
  @Env('DATABASE_URL', {
    description:
      'The login of the services (app_login): it reads nothing by itself and enters one organization at a time. Without it, and outside production, the embedded PostgreSQL is used.',
    example: 'postgres://app_login:change-me@localhost:5432/plinth',
    parse: loginUrl,
  })
  readonly url: string;

  @Env('DATABASE_PRIVILEGED_URL', {
    description: 'The login for signing in and for recorded work over all organizations (app_privileged). Needed by the API and the worker.',
    example: 'postgres://app_privileged:change-me@localhost:5432/plinth',
    optional: true,
    parse: loginUrl,
  })
  readonly privilegedUrl?: string;

  @Env('DATABASE_QUEUE_URL', {
    description: 'The login that claims jobs (app_queue): the tables of the queue and nothing else. Needed by the worker.',
    example: 'postgres://app_queue:change-me@localhost:5432/plinth',
    optional: true,
    parse: loginUrl,
  })
  readonly queueUrl?: string;

  @Env('DATABASE_OWNER_URL', {
    description: 'The login of migrations and schema repair (app_owner). It has no default, and a service in production does not need it.',
    example: 'postgres://app_owner:change-me@localhost:5432/plinth',
    optional: true,
    parse: loginUrl,
  })
  readonly ownerUrl?: string;

  @Env('DATABASE_DIRECT_URL', {
    description:
      'Host, port and database past a pooler, for what needs a session of its own (LISTEN, the migration lock). It never holds a login: each use takes user and password of the URL it stands in for.',
    example: 'postgres://localhost:5432/plinth',
    optional: true,
    parse: serverUrl,
  })
  readonly directUrl?: string;

  @Env('DATABASE_POOL_SIZE', {
    description: 'Connections of DATABASE_URL that each process may hold.',
    unit: 'connections',
  })
  @IsInt()
  @Min(1)
  @Max(500)
  readonly poolSize: number = 10;

  @Env('DATABASE_PRIVILEGED_POOL_SIZE', {
    description: 'Connections of DATABASE_PRIVILEGED_URL that each process may hold.',
    unit: 'connections',
  })
  @IsInt()
  @Min(1)
  @Max(100)
  readonly privilegedPoolSize: number = 3;

  @Env('DATABASE_QUEUE_POOL_SIZE', {
    description: 'Connections of DATABASE_QUEUE_URL that each worker may hold.',
    unit: 'connections',
  })
  @IsInt()
  @Min(1)
  @Max(100)
  readonly queuePoolSize: number = 3;

  @Env('DATABASE_STATEMENT_TIMEOUT_MS', {
    description: `The longest that one statement may run. ${TIMEOUT_HINT}`,
    unit: 'ms',
  })
  @IsInt()
  @Min(0)
  @Max(3_600_000)
  readonly statementTimeoutMs: number = 30_000;

  @Env('DATABASE_LOCK_TIMEOUT_MS', {
    description: `The longest that a statement may wait for a lock. ${TIMEOUT_HINT}`,
    unit: 'ms',
  })
  @IsInt()
  @Min(0)
  @Max(3_600_000)
  readonly lockTimeoutMs: number = 5_000;

  @Env('DATABASE_IDLE_IN_TRANSACTION_TIMEOUT_MS', {
    description: `The longest that a transaction may sit idle before the server ends it. ${TIMEOUT_HINT}`,
    unit: 'ms',
  })
  @IsInt()
  @Min(0)
  @Max(3_600_000)
  readonly idleInTransactionTimeoutMs: number = 30_000;

  @Env('DATABASE_CONNECT_TIMEOUT_MS', { description: 'The longest that opening a connection may take.', unit: 'ms' })
  @IsInt()
  @Min(100)
  @Max(120_000)
  readonly connectTimeoutMs: number = 5_000;

  @Env('DATABASE_ACQUIRE_TIMEOUT_MS', {
    description: 'The longest that work may wait for a free connection of the pool.',
    unit: 'ms',
  })
  @IsInt()
  @Min(100)
  @Max(120_000)
  readonly acquireTimeoutMs: number = 5_000;

  @Env('DATABASE_PREPARED_STATEMENTS', {
    description: 'Name the prepared statements, so that each connection plans a statement once. Turn it off behind PgBouncer before 1.21 in transaction mode.',
  })
  readonly preparedStatements: boolean = true;

  @Env('DATABASE_ROUND_TRIP_FORM', {
    description:
      'How a single statement enters its organization: one-sync sends both under one Sync; transaction sends BEGIN, both and COMMIT in one pipeline, which a cluster (Citus) needs.',
  })
  @IsIn(ROUND_TRIP_FORMS)
  readonly roundTripForm: RoundTripForm = 'one-sync';
}

const CONNECTIONS = [
  ['DATABASE_URL', 'url'],
  ['DATABASE_PRIVILEGED_URL', 'privilegedUrl'],
  ['DATABASE_QUEUE_URL', 'queueUrl'],
  ['DATABASE_OWNER_URL', 'ownerUrl'],
  ['DATABASE_DIRECT_URL', 'directUrl'],
] as const;

function* checkConnections(config: DatabaseConfig, context: ConfigContext): Iterable<ConfigurationProblem> {
  let tls: TlsConfig;
  try {
    tls = loadConfig(TlsConfig, context.env);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    yield* error.problems;
    return;
  }
  for (const [variable, property] of CONNECTIONS) {
    const url = config[property];
    if (url === undefined) continue;
    const allowed = connectionProblem(url, tls, context);
    if (allowed !== undefined) yield { variable, value: maskValue(url), allowed };
  }
}

/**
 * What is wrong with one connection, beside its syntax: contradictory TLS settings anywhere; in production also an example password
 * and a connection that leaves the machine without encryption.
 */
export function connectionProblem(url: string, tls: TlsConfig, { kind }: Pick<ConfigContext, 'kind'>): string | undefined {
  const target = parseConnectionUrl(url);
  try {
    const ssl = resolveSsl(target, tls);
    if (kind !== 'production') return undefined;
    if (target.password === EXAMPLE_PASSWORD) return 'has the password of the example. Make logins with passwords of their own: npm run db:roles.';
    if (ssl === false && !isLocal(target)) {
      return 'reaches a remote host without encryption. Add ?sslmode=verify-full (or require), or set PG_SSL_ROOT_CERT; without TLS only loopback and unix sockets are allowed outside development.';
    }
    return undefined;
  } catch (error) {
    if (error instanceof InvalidSettingError) return error.message;
    throw error;
  }
}
