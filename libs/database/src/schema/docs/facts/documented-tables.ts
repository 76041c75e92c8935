import { MIGRATION_TABLE, SCHEMA } from '../../../migrations/journal.js';

/** A row about one table. */
export type Of<Facts> = Facts & { readonly table: string };

/** The tables of the schema, without TypeORM's journal: what every query here is about. */
export const TABLES = `(select oid, relname, relowner, relacl, relrowsecurity, relforcerowsecurity from pg_catalog.pg_class
  where relnamespace = '${SCHEMA}'::regnamespace and relkind in ('r', 'p') and relname <> '${MIGRATION_TABLE}') t`;
