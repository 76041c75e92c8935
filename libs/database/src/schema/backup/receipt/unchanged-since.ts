import { escapeLiteral, type ClientBase } from 'pg';
import type { OpenArchive } from '../archive/open-archive.js';
import { refuseUnlessAllRowsAreSeen } from '../all-rows-seen.js';
import { setCanonicalSettings } from '../canonical-settings.js';
import { measureCopy } from '../measure.js';
import { explainingLocks, limitLockWaits, LOCK_TIMEOUT_MS, lockTables, type LockWait } from '../snapshot.js';
import { copyOut, readTables, type TableShape } from '../table-shape.js';
import { columnsWithValues } from './added-columns.js';
import type { StaleTable } from './errors.js';
import { projectedRows } from './projected-rows.js';
import type { BackupReceipt, ReceiptTable } from './receipt.js';

/** Tables that our own tools add rows to, the receipt's among them: which rows a backup of a certain time can hold. */
const GROWING: Readonly<Record<string, (createdAt: string) => string>> = {
  schema_ledger: (createdAt) => `"when" < ${escapeLiteral(createdAt)}::timestamptz`,
};

export interface UnchangedOptions extends LockWait {
  /** The archive of the receipt. Without it a table that lost a column since cannot be compared, and counts as changed. */
  readonly archive?: OpenArchive;
}

/**
 * What these tables hold now that the receipt does not, or hold no more; empty when each still holds exactly the rows of the backup.
 * Locks them against writers (SHARE) until the caller's transaction ends, so that the answer stays true; it changes neither the
 * caller's settings nor any row.
 * @param client inside a transaction, as a login that sees every row
 * @param tables names in the schema `app`; one that does not exist has nothing to lose
 * @throws RowsHiddenError, TablesLockedError
 */
export async function unchangedSince(
  client: ClientBase,
  receipt: BackupReceipt,
  tables: readonly string[],
  options: UnchangedOptions = {},
): Promise<StaleTable[]> {
  const names = (await readTables(client)).map(({ name }) => name).filter((name) => tables.includes(name));
  await lockAgainstWriters(client, names, options.lockTimeoutMs ?? LOCK_TIMEOUT_MS);
  // Rolling back to here gives the settings back, and keeps the locks.
  await client.query('savepoint unchanged_since');
  try {
    await setCanonicalSettings(client);
    await refuseUnlessAllRowsAreSeen(client, names);
    const live = (await readTables(client)).filter(({ name }) => names.includes(name));
    return await staleOf(client, receipt, live, options.archive);
  } finally {
    await client.query('rollback to savepoint unchanged_since; release savepoint unchanged_since');
  }
}

async function lockAgainstWriters(client: ClientBase, names: readonly string[], lockTimeoutMs: number): Promise<void> {
  const { rows } = await client.query<{ before: string }>("select current_setting('lock_timeout') as before");
  await limitLockWaits(client, lockTimeoutMs);
  await explainingLocks(lockTimeoutMs, () => lockTables(client, names, 'share'));
  await client.query(`set local lock_timeout = ${escapeLiteral(rows[0]?.before ?? '0')}`);
}

async function staleOf(client: ClientBase, receipt: BackupReceipt, live: readonly TableShape[], archive?: OpenArchive): Promise<StaleTable[]> {
  const stale: StaleTable[] = [];
  for (const table of live) {
    const then = receipt.tables.find(({ name }) => name === table.name);
    const found = then === undefined ? await missing(client, table) : await compare(client, table, then, receipt.createdAt, archive);
    if (found !== undefined) stale.push(found);
  }
  return stale;
}

async function missing(client: ClientBase, table: TableShape): Promise<StaleTable | undefined> {
  const { rows } = await measureCopy(client, copyOut(table));
  return rows === 0 ? undefined : { name: table.name, rowsThen: null, rowsNow: rows, why: 'not in the backup', columns: [] };
}

/**
 * The columns of both sides hold the same rows, and a column that came since holds nothing. A column that went has nothing to lose any
 * more; it is left out of the archive's rows for the comparison.
 */
async function compare(client: ClientBase, live: TableShape, then: ReceiptTable, createdAt: string, archive?: OpenArchive): Promise<StaleTable | undefined> {
  const gone = namesOnlyIn(then, live);
  const holding = await columnsWithValues(client, live.name, namesOnlyIn(live, then));
  const comparable = gone.length === 0 || (archive !== undefined && then.key.length > 0 && !then.key.some((name) => gone.includes(name)));
  const columns = comparable ? holding : [...gone, ...holding];
  const shared = { ...then, columns: then.columns.filter(({ name }) => !gone.includes(name)) };
  const now = await measureCopy(client, copyOut(columns.length > 0 ? live : shared, GROWING[live.name]?.(createdAt)));
  const found = { name: live.name, rowsThen: then.rows, rowsNow: now.rows, columns };
  if (columns.length > 0) return { ...found, why: 'other columns' };
  const expected =
    gone.length === 0 || archive === undefined
      ? then
      : await projectedRows(
          archive,
          then,
          shared.columns.map(({ name }) => name),
        );
  return now.rows === expected.rows && now.sha256 === expected.sha256 ? undefined : { ...found, why: 'other rows' };
}

function namesOnlyIn(one: TableShape, other: TableShape): string[] {
  return one.columns.map(({ name }) => name).filter((name) => !other.columns.some((column) => column.name === name));
}
