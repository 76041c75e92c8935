import type { TestDatabase } from '../test-database.js';
import { columnGrantsCheck } from './checks/column-grants.check.js';
import type { IsolationCheck } from './checks/check.js';
import { escapesCheck } from './checks/escapes.check.js';
import { foreignKeysCheck } from './checks/foreign-keys.check.js';
import { functionsCheck } from './checks/functions.check.js';
import { rowsCheck } from './checks/rows.check.js';
import { statementsCheck } from './checks/statements.check.js';
import { uniqueKeysCheck } from './checks/unique-keys.check.js';
import { reportOf, type IsolationReport } from './findings.js';
import { withWorld } from './world.js';

/** Every check of the prover, in the order of the report. */
export const ISOLATION_CHECKS: readonly IsolationCheck[] = [
  rowsCheck,
  foreignKeysCheck,
  uniqueKeysCheck,
  columnGrantsCheck,
  functionsCheck,
  escapesCheck,
  statementsCheck,
];

/**
 * Attacks one organization from another in every way the checks know, as the service's own login, and reports what held.
 * It fills `database` with two organizations first, so give it a database of its own. What it attacks is generated from the
 * entities and the catalogue: a new table is attacked without anybody adding it here.
 */
export async function proveIsolation(database: TestDatabase, checks: readonly IsolationCheck[] = ISOLATION_CHECKS): Promise<IsolationReport> {
  return withWorld(database, async (world) => {
    const findings = [];
    for (const check of checks) findings.push(...(await check.run(world)));
    return reportOf(findings);
  });
}
