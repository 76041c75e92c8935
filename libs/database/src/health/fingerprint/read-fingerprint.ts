import { createHash } from 'node:crypto';
import { sqlStateOf } from '../../errors.js';
import { isSecurity, partOf, PARTS } from './parts.js';
import { PART_SQL, SOURCES } from './parts.sql.js';

/** What PostgreSQL says of one database. */
export interface Fingerprint {
  /** The server's major version. */
  readonly major: number;
  /** Over the parts that decide who may do what; 12 hexadecimal digits. */
  readonly security: string;
  /** Over everything else; 12 hexadecimal digits. */
  readonly rest: string;
  /** The hash of each part, 10 hexadecimal digits, by its name, such as `policy:run.tenant_isolation`. */
  readonly objects: ReadonlyMap<string, string>;
}

/** Runs statements without parameters in one message; answers the rows of the last. */
export type FingerprintQuery = <R extends object>(text: string) => Promise<R[]>;

interface Row {
  readonly major: number;
  readonly security: string;
  readonly rest: string;
  readonly objects: string;
}

export const OBJECT_DIGITS = 10;
export const FINGERPRINT_DIGITS = 12;

/** A table that somebody changes right now is waited for this long: its definition is not to be had before. */
const LOCK_TIMEOUT_MS = 250;

/** How PostgreSQL renders an expression depends on these, and on nothing else of a session. jit would take longer than the query. */
const SETTINGS = [
  'search_path = pg_catalog, pg_temp',
  'quote_all_identifiers = off',
  'standard_conforming_strings = on',
  "intervalstyle = 'postgres'",
  "datestyle = 'ISO, MDY'",
  "timezone = 'UTC'",
  "bytea_output = 'hex'",
  'extra_float_digits = 1',
  'jit = off',
  `lock_timeout = ${LOCK_TIMEOUT_MS}`,
].map((setting) => `set local ${setting};`);

const hashed = (text: string, digits: number): string => `left(encode(sha256(convert_to(coalesce(${text}, ''), 'UTF8')), 'hex'), ${digits})`;
const lines = (where: string): string => `string_agg(o.name || ' ' || o.hash, E'\\n' order by o.name collate "C") filter (where ${where})`;

/** The query of all of it. Reads nothing outside pg_catalog. */
export const FINGERPRINT_SQL = `with ${SOURCES}, part (name, security, text) as (
${PARTS.map((part) => `  select '${part}:' || q.name, ${isSecurity(part)}, q.text from (${PART_SQL[part]}) q (name, text)`).join('\n  union all\n')}
), object as materialized (
  select p.name, p.security, ${hashed('p.text', OBJECT_DIGITS)} as hash from part p
)
select current_setting('server_version_num')::int / 10000 as major, ${hashed('s.security', FINGERPRINT_DIGITS)} as security,
  ${hashed('s.rest', FINGERPRINT_DIGITS)} as rest, concat_ws(E'\\n', s.security, s.rest) as objects
from (select ${lines('o.security')} as security, ${lines('not o.security')} as rest from object o) s`;

const STATEMENT = `plinth_fingerprint_${createHash('sha256').update(FINGERPRINT_SQL).digest('hex').slice(0, 8)}`;
const UNKNOWN_STATEMENT = '26000';

/**
 * Both fingerprints of the database that `query` is connected to, in one round trip. The session keeps the plan, which halves the time;
 * behind a pooler a session without it makes it. Any login may ask: nothing but pg_catalog is read.
 * @throws what PostgreSQL answers; 55P03 while another session changes a table
 */
export async function readFingerprint(query: FingerprintQuery): Promise<Fingerprint> {
  const execute = [...SETTINGS, `execute ${STATEMENT}`].join(' ');
  const [row] = await query<Row>(execute).catch(async (error: unknown) => {
    if (sqlStateOf(error) !== UNKNOWN_STATEMENT) throw error;
    return query<Row>(`${SETTINGS.join(' ')} prepare ${STATEMENT} as ${FINGERPRINT_SQL}; execute ${STATEMENT}`);
  });
  if (row === undefined) throw new Error('PostgreSQL answered without a row.');
  return { major: row.major, security: row.security, rest: row.rest, objects: new Map(row.objects.split('\n').map(nameAndHash)) };
}

/** The hash stands behind the last blank; names may hold blanks. */
function nameAndHash(line: string): readonly [string, string] {
  const blank = line.lastIndexOf(' ');
  return [line.slice(0, blank), line.slice(blank + 1)];
}

/** The two fingerprints of these objects, as the query makes them: over their lines, in the order of collation "C". */
export function fingerprintsOf(objects: ReadonlyMap<string, string>): Pick<Fingerprint, 'security' | 'rest'> {
  const names = [...objects.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const over = (security: boolean): string => {
    const text = names.filter((name) => isSecurity(partOf(name)) === security).map((name) => `${name} ${objects.get(name) ?? ''}`);
    return createHash('sha256').update(text.join('\n')).digest('hex').slice(0, FINGERPRINT_DIGITS);
  };
  return { security: over(true), rest: over(false) };
}
