import { DatabaseError, type Client } from 'pg';
import type { Catalogue } from '../catalogue/catalogue.js';
import { engineActions } from '../catalogue/engine/actions.js';
import { readCatalogue } from '../catalogue/read-catalogue.js';
import { withClient, type ScratchDatabase } from '../expected/scratch-database.js';
import { OWNER } from '../plan/plain-step.js';
import { planSteps } from '../plan/plan-steps.js';
import { runPlan } from './run-plan.js';

/** On an empty clone of one's own nobody waits for anybody. */
export const ALONE = { lockTimeoutMs: 10_000, attempts: 1 };

/**
 * Builds the structure of a database in an empty one that app_owner owns, and answers what it has become. What app_owner cannot make
 * there (a LEAKPROOF function, what rests on another schema or an extension) is not in it.
 */
export async function makeClone(clone: ScratchDatabase, from: Catalogue): Promise<Catalogue> {
  const empty = await readCatalogue(clone.connection);
  const statements = engineActions(empty, from).map(({ sql }) => sql);
  await withClient(clone.connection, (client) => makeAsFarAsPossible(client, statements));
  const made = await readCatalogue(clone.connection);
  // What the comparing library does not see.
  const rest = planSteps(made, from).filter(({ administrator, sql }) => !administrator && !OWNER.test(sql));
  if (rest.length === 0) return made;
  await withClient(clone.connection, (client) => runPlan(client, rest, ALONE));
  return readCatalogue(clone.connection);
}

/** In one message, which is one transaction; where PostgreSQL refuses something, one by one without it: the reading afterwards tells what is missing. */
async function makeAsFarAsPossible(client: Client, all: readonly string[]): Promise<void> {
  const statements = all.filter((sql) => !OWNER.test(sql));
  await client.query('set check_function_bodies = off');
  try {
    await client.query(statements.join(';\n'));
  } catch (error) {
    refuseOthers(error);
    for (const sql of statements) await makeOne(client, sql);
  }
}

async function makeOne(client: Client, sql: string): Promise<void> {
  try {
    await client.query(sql);
  } catch (error) {
    refuseOthers(error);
  }
}

/** Only what PostgreSQL says of a statement is expected; a lost connection is not. */
function refuseOthers(error: unknown): void {
  if (!(error instanceof DatabaseError)) throw error;
}
