import type { MigrationTarget } from '../target.js';
import type { Session } from './session.js';

/** Makes the schema and the table of runs of a database that is not ours, where they are missing. The journal itself is TypeORM's. */
export async function makeBooks(session: Session, { schema }: Pick<MigrationTarget, 'schema'>): Promise<void> {
  await session.rows(`create schema if not exists "${schema}"`);
  await session.rows(`create table if not exists "${schema}".migration_run (
    name varchar(255) not null primary key,
    checksum varchar(64) not null,
    state varchar(50) not null check (state = any (array['STARTED', 'COMPLETED', 'REVERTED']::text[])),
    who varchar(255) not null,
    build varchar(255) not null,
    statements_done integer not null default 0,
    started_at timestamptz not null,
    completed_at timestamptz,
    error_message text
  )`);
}
