import { connectionBudget, type PoolName } from '../../../config/connection-budget.js';
import { escapeIdentifier } from 'pg';
import type { DoctorCheck } from '../check.js';
import { anyOfDatabase, reachedLogins, type DoctorContext } from '../context.js';
import { ok, setting, sql, warning, wrong, type Diagnosis } from '../diagnosis.js';
import type { ReachedLogin } from '../logins/login.js';

interface Room {
  readonly most: number;
  readonly reserved: number;
  readonly used: number;
  readonly database: string;
  /** -1: no limit. */
  readonly databaseLimit: number;
}

/** numbackends counts sessions of everybody, which pg_stat_activity does not show to a weak login. */
const ROOM = `
  select current_setting('max_connections')::int as most,
    current_setting('superuser_reserved_connections')::int + coalesce(current_setting('reserved_connections', true)::int, 0) as reserved,
    (select coalesce(sum(numbackends), 0)::int from pg_catalog.pg_stat_database) as used,
    datname as database, datconnlimit as "databaseLimit" from pg_catalog.pg_database where datname = current_database()`;

const LIMIT = 'select rolconnlimit as "limit" from pg_catalog.pg_roles where rolname = session_user';
const POOLS: readonly PoolName[] = ['tenant', 'privileged', 'queue'];

/** The server has room for what a process of ours may hold, and for some processes. */
export const connectionBudgetCheck: DoctorCheck = {
  name: 'connection-budget',
  async look(context) {
    const login = anyOfDatabase(context);
    const { rows } = await login.client.query<Room>(ROOM);
    const [room] = rows;
    if (room === undefined) throw new TypeError('PostgreSQL did not say how many connections it takes');
    return [onServer(room, context), ...ofDatabase(room, context), ...(await ofLogins(context))];
  },
};

function onServer({ most, reserved, used }: Room, { sizes }: DoctorContext): Diagnosis {
  const usable = most - reserved;
  const { line, fits, total } = connectionBudget(sizes, usable, POOLS);
  const now = `${used} are open now, this command's among them (max_connections ${most}, ${reserved} of them reserved).`;
  if (!fits)
    return wrong(
      'server',
      `${line}. ${now}`,
      setting(`Lower DATABASE_POOL_SIZE and its like, or raise max_connections of the server above ${total + reserved}`),
    );
  if (usable - used < total)
    return warning(
      'server',
      `${line}; ${now} One more such process would not get all of its connections.`,
      setting('Lower DATABASE_POOL_SIZE and its like, or raise max_connections'),
    );
  return ok('server', `${line}; ${now}`);
}

function ofDatabase({ database, databaseLimit }: Room, { sizes }: DoctorContext): Diagnosis[] {
  const { total } = connectionBudget(sizes, 0, POOLS);
  if (databaseLimit < 0 || databaseLimit >= total) return [];
  const says = `The database "${database}" takes ${databaseLimit} connections, and one process may hold ${total}.`;
  return [wrong('server', says, sql(database, `ALTER DATABASE ${escapeIdentifier(database)} CONNECTION LIMIT -1`))];
}

async function ofLogins(context: DoctorContext): Promise<Diagnosis[]> {
  const { poolSize, privilegedPoolSize, queuePoolSize } = context.sizes;
  const sizes = { login: poolSize, privileged: privilegedPoolSize, queue: queuePoolSize };
  const found = await Promise.all(
    (['login', 'privileged', 'queue'] as const).flatMap((use) => reachedLogins(context, use).map((login) => ofLogin(login, sizes[use]))),
  );
  return found.flat();
}

async function ofLogin({ variable, client, facts }: ReachedLogin, size: number): Promise<Diagnosis[]> {
  const { rows } = await client.query<{ limit: number }>(LIMIT);
  const limit = rows[0]?.limit ?? -1;
  if (limit < 0 || limit >= size) return [];
  const mend = sql(facts.identity.name, `ALTER ROLE ${escapeIdentifier(facts.role)} CONNECTION LIMIT -1`);
  return [wrong(variable, `"${facts.role}" may open ${limit} connections, and the pool of one process holds ${size}.`, mend)];
}
