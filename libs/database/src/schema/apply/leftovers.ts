import type { Client } from 'pg';
import type { RepairStep } from '../plan/repair-step.js';

const BUILDS = /^CREATE (?:UNIQUE )?INDEX CONCURRENTLY ("(?:[^"]|"")+")/;
const PROVES = /^ALTER TABLE (app\.(?:"(?:[^"]|"")+"|\S+)) VALIDATE CONSTRAINT ("(?:[^"]|"")+__new")$/;

/** The index that a step builds concurrently, in quotes as the step has it. */
function builtIndex(step: RepairStep): string | undefined {
  return BUILDS.exec(step.sql)?.[1];
}

/** A build that was broken off leaves an INVALID index behind, under the very name that the next try needs. */
export async function dropInvalidIndex(client: Client, step: RepairStep): Promise<void> {
  const index = builtIndex(step);
  if (index === undefined) return;
  const { rows } = await client.query<{ invalid: boolean }>(
    `select not i.indisvalid as invalid from pg_catalog.pg_index i where i.indexrelid = to_regclass($1)`,
    [`app.${index}`],
  );
  if (rows[0]?.invalid === true) await client.query(`drop index concurrently app.${index}`);
}

/**
 * Takes away what a failed step left: an index that serves nothing, or a successor that could not be proven. Waits for a lock no longer
 * than any other try, since everybody else would wait behind it; what it cannot get is drift that the next repair takes away.
 * @throws what PostgreSQL says, 55P03 where the lock was not free
 */
export async function cleanUpAfter(client: Client, step: RepairStep, lockTimeoutMs: number): Promise<void> {
  await client.query(`set lock_timeout = ${lockTimeoutMs}`);
  await dropInvalidIndex(client, step);
  const [, table, constraint] = PROVES.exec(step.sql) ?? [];
  if (table !== undefined && constraint !== undefined) await client.query(`alter table ${table} drop constraint if exists ${constraint}`);
}
