/*
 * How far the process that migrates is, for everybody who may connect to the database.
 *
 * The runner says it in advisory locks, which every login sees in pg_locks: beside the migration lock itself its session holds one lock
 * for "3 of 7", one for the migration it is at and one for the time since when. So it can be read by the weakest login, while the
 * migration's own transaction is open, before the first migration has made any table; and nothing stale is left behind: when the process
 * or its connection dies, its locks are gone.
 *
 * Health asks `readProgress(query, names)`: null means that nobody migrates.
 */

/** The migration lock's number; the same in every build. Advisory locks belong to one database. */
export const MIGRATION_LOCK = 7_304_118_226;
/** First half of the lock whose second half is place * 65536 + total. */
export const STEP_CLASS = 1_347_177_057;
/** First half of the lock whose second half is the time the lock was taken, in seconds of Unix time. */
export const SINCE_CLASS = 1_347_177_058;

/** What the holder of the migration lock says of itself. `pid` is the server's process. */
export const PROGRESS_SQL = `
  with own as (
    select pid, classid::bigint as class, objid::bigint as object, objsubid, mode from pg_locks
    where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())
  ), holder as (
    select pid from own where objsubid = 1 and class = ${Math.floor(MIGRATION_LOCK / 2 ** 32)} and object = ${MIGRATION_LOCK % 2 ** 32}
      and mode = 'ExclusiveLock'
  )
  select holder.pid,
    max(object >> 16) filter (where objsubid = 2 and class = ${STEP_CLASS})::int as place,
    max(object & 65535) filter (where objsubid = 2 and class = ${STEP_CLASS})::int as total,
    max(object) filter (where objsubid = 2 and class = ${SINCE_CLASS})::float8 * 1000 as since,
    max((class << 32) | object) filter (where objsubid = 1 and mode = 'ShareLock')::float8 as timestamp
  from holder join own using (pid) group by holder.pid`;

export interface ProgressRow {
  readonly pid: number;
  readonly place: number | null;
  readonly total: number | null;
  /** Unix time in milliseconds. */
  readonly since: number | null;
  /** The migration's own timestamp, which its name ends with. */
  readonly timestamp: number | null;
}

export interface MigrationProgress {
  /** 3 of "3 of 7". */
  readonly place: number;
  readonly total: number;
  /** Null where this build does not know the migration: a newer one is at work. */
  readonly name: string | null;
  readonly since: Date;
  /** `migrating 3 of 7: SchemaTools1795272000000` */
  readonly text: string;
}

type Query = <Row>(text: string) => Promise<Row[]>;

/**
 * What runs now, or null where nobody migrates. `query` may be any login's; `names` are the migrations this build knows.
 * @throws what PostgreSQL answers
 */
export async function readProgress(query: Query, names: readonly string[]): Promise<MigrationProgress | null> {
  const [row] = await query<ProgressRow>(PROGRESS_SQL);
  if (row === undefined || row.place === null || row.total === null || row.since === null) return null;
  const name = names.find((known) => known.endsWith(String(row.timestamp))) ?? null;
  const { place, total } = row;
  return { place, total, name, since: new Date(row.since), text: `migrating ${place} of ${total}${name === null ? '' : `: ${name}`}` };
}
