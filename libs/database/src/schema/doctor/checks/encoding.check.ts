import { escapeIdentifier } from 'pg';
import type { DoctorCheck } from '../check.js';
import { anyOfDatabase } from '../context.js';
import { command, ok, sql, wrong, type Diagnosis } from '../diagnosis.js';

interface Row {
  readonly encoding: string;
  readonly zone: string;
  readonly provider: string;
  readonly collation: string | null;
  /** The version that the indexes were made with, and the one that the system has now. */
  readonly made: string | null;
  readonly now: string | null;
}

const READ = `
  select pg_encoding_to_char(encoding) as encoding, current_setting('TimeZone') as zone, datcollate as collation,
    case datlocprovider when 'i' then 'icu' when 'b' then 'builtin' else 'libc' end as provider,
    datcollversion as made, pg_database_collation_actual_version(oid) as now
  from pg_catalog.pg_database where datname = current_database()`;

/** The database keeps UTF-8, and its text indexes are sorted as the system sorts now. */
export const encodingCheck: DoctorCheck = {
  name: 'encoding',
  async look(context) {
    const { client, facts } = anyOfDatabase(context);
    const { rows } = await client.query<Row>(READ);
    return rows.flatMap((row) => [encoding(row, facts.identity.name), collation(row, facts.identity.name)]);
  },
};

function encoding({ encoding: found, zone }: Row, database: string): Diagnosis {
  if (found === 'UTF8') return ok('database', `UTF8; sessions begin in the time zone ${zone}, and instants are kept with theirs`);
  const made = `CREATE DATABASE <new name> TEMPLATE template0 ENCODING 'UTF8' OWNER app_owner`;
  return wrong('database', `"${database}" keeps ${found}: what is no character of it cannot be stored.`, command(`${made}, then npm run db:restore into it`));
}

function collation({ provider, collation: name, made, now }: Row, database: string): Diagnosis {
  const which = `${provider} ${name ?? ''}`.trim();
  if (made === null || now === null || made === now) return ok('collation', `${which}${now === null ? '' : `, version ${now}`}`);
  return wrong(
    'collation',
    `The text indexes of "${database}" were made with version ${made} of its collation (${which}), and the system has ${now}: they may be in the wrong order, and miss rows.`,
    sql(database, `REINDEX DATABASE ${escapeIdentifier(database)};\nALTER DATABASE ${escapeIdentifier(database)} REFRESH COLLATION VERSION`),
  );
}
