import type { QueryRunner, QueryResult } from 'typeorm';
import { AS_ONE, type AsOne } from '../runner/statement-by-statement.js';
import { recordsOnly } from '../runner/checksum.js';
import { NoRowsChangedError } from './errors.js';
import { refuseHiddenRows } from './visible-rows.js';

/**
 * A change of rows in a migration. The SQL stands in the migration and is frozen with it; here is only what is asserted around it, so that
 * a backfill that row security hides the rows from is an error and not a success of 0 rows.
 */
export interface RowChange {
  /** What it does, for messages: `fill agent.language`. */
  readonly what: string;
  /** UPDATE, INSERT or DELETE; one statement. */
  readonly sql: string;
  readonly values?: readonly unknown[];
  /** Every table that the statement reads or writes, with its schema: `app.agent`. Each must show all its rows to the role that migrates. */
  readonly tables: readonly string[];
  /** Why it may change none: an empty database is usual. Without it, 0 rows are an error. */
  readonly mayChangeNone?: string;
}

/**
 * Changes rows, in the migration's transaction.
 * @returns how many
 * @throws HiddenRowsError where the role does not see all rows of a table, NoRowsChangedError where none changed and that is not allowed
 */
export async function changeRows(runner: QueryRunner, change: RowChange): Promise<number> {
  if (recordsOnly(runner)) {
    await runner.query(change.sql, [...(change.values ?? [])]);
    return 0;
  }
  await refuseHiddenRows(runner, change.tables);
  const changed = await affected(runner, change);
  if (changed === 0 && change.mayChangeNone === undefined) throw new NoRowsChangedError(change.what);
  return changed;
}

/**
 * The same for many rows: repeats the statement, each time in a transaction of its own, until it changes none. The statement limits itself
 * (`where id in (select id … limit 1000)`) and finds only rows that are not changed yet, so that it can begin anew after a kill.
 * Only in a migration with `transaction = false`, where it counts as one statement.
 * @returns how many in all
 * @throws HiddenRowsError, NoRowsChangedError, and Error in a migration that is one transaction
 */
export async function changeRowsInBatches(runner: QueryRunner, change: RowChange): Promise<number> {
  if (recordsOnly(runner)) return changeRows(runner, change);
  const asOne = (runner as { readonly [AS_ONE]?: AsOne })[AS_ONE];
  if (asOne !== undefined) return (await asOne((each, again) => changeAll(each, change, again))) ?? 0;
  if (runner.isTransactionActive) {
    throw new Error(`"${change.what}" goes in batches: declare \`readonly transaction = false\` on its migration, or use changeRows.`);
  }
  // A scratch database, whose migrations run without the runner: nothing there goes on after a kill.
  return changeAll(runner, change, false);
}

async function changeAll(runner: QueryRunner, change: RowChange, again: boolean): Promise<number> {
  await refuseHiddenRows(runner, change.tables);
  let [sum, last] = [0, 0];
  do {
    last = await affected(runner, change);
    sum += last;
  } while (last > 0);
  // A process that was killed may have left nothing to do.
  if (sum === 0 && !again && change.mayChangeNone === undefined) throw new NoRowsChangedError(change.what);
  return sum;
}

async function affected(runner: QueryRunner, { sql, values = [] }: RowChange): Promise<number> {
  const result: QueryResult = await runner.query(sql, [...values], true);
  return result.affected ?? 0;
}
