import type { ClientBase } from 'pg';
import { sqlStateOf } from '../../errors.js';
import { refuseUnlessAllRowsAreSeen } from './all-rows-seen.js';
import { letTransactionLast, setCanonicalSettings } from './canonical-settings.js';
import { TablesChangedMeanwhileError, TablesLockedError } from './errors.js';
import { qualified, readTables, type TableShape } from './table-shape.js';

/** lock_not_available, deadlock_detected */
const LOCKED_OUT = new Set(['55P03', '40P01']);
/** undefined_table */
const UNDEFINED_TABLE = '42P01';
const TRIES = 5;

export interface LockWait {
  /** How long to wait for a table that somebody locks, in ms. Default 30 000. */
  readonly lockTimeoutMs?: number;
}

export const LOCK_TIMEOUT_MS = 30_000;

/**
 * Runs `work` in one REPEATABLE READ READ ONLY transaction that has locked every table against changes of its shape before the snapshot
 * was taken: what the catalogue says is then what the rows are read under.
 * @throws RowsHiddenError, TablesLockedError, TablesChangedMeanwhileError, and what `work` throws
 */
export async function withSnapshot<T>(
  client: ClientBase,
  { lockTimeoutMs = LOCK_TIMEOUT_MS }: LockWait,
  work: (tables: readonly TableShape[]) => Promise<T>,
): Promise<T> {
  const tables = await explainingLocks(lockTimeoutMs, () => openSnapshot(client, lockTimeoutMs));
  try {
    return await work(tables);
  } finally {
    await endQuietly(client);
  }
}

async function openSnapshot(client: ClientBase, lockTimeoutMs: number): Promise<readonly TableShape[]> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const names = await lookBefore(client, lockTimeoutMs);
    const tables = await lockAndLook(client, names, lockTimeoutMs);
    if (tables !== undefined) return tables;
  }
  throw new TablesChangedMeanwhileError();
}

/** What there is to lock. A login that may not read it hears so, and not that it may not lock. */
async function lookBefore(client: ClientBase, lockTimeoutMs: number): Promise<string[]> {
  await client.query('begin transaction read only');
  try {
    await limitLockWaits(client, lockTimeoutMs);
    const names = (await readTables(client)).map(({ name }) => name);
    await refuseUnlessAllRowsAreSeen(client, names);
    return names;
  } finally {
    await endQuietly(client);
  }
}

/** The tables of the new snapshot; undefined, and no transaction, where they are others than those that were locked. */
async function lockAndLook(client: ClientBase, names: readonly string[], lockTimeoutMs: number): Promise<readonly TableShape[] | undefined> {
  await client.query('begin transaction isolation level repeatable read read only');
  try {
    // Neither these settings nor the locks take the snapshot.
    await setCanonicalSettings(client);
    await limitLockWaits(client, lockTimeoutMs);
    await lockTables(client, names, 'access share');
    await letTransactionLast(client);
    const tables = await readTables(client);
    const now = tables.map(({ name }) => name);
    await refuseUnlessAllRowsAreSeen(client, now);
    if (now.join('\0') === names.join('\0')) return tables;
  } catch (error) {
    await endQuietly(client);
    if (sqlStateOf(error) === UNDEFINED_TABLE) return undefined;
    throw error;
  }
  await endQuietly(client);
  return undefined;
}

/** For the transaction that is open: reading the catalogue's expressions waits for locks as well. */
export async function limitLockWaits(client: ClientBase, lockTimeoutMs: number): Promise<void> {
  await client.query(`set local lock_timeout = ${Math.max(1, Math.round(lockTimeoutMs))}`);
}

/** Locks all of them in one statement. */
export async function lockTables(client: ClientBase, names: readonly string[], mode: 'access share' | 'share' | 'access exclusive'): Promise<void> {
  if (names.length > 0) await client.query(`lock table ${names.map(qualified).join(', ')} in ${mode} mode`);
}

/** Says what to do where PostgreSQL gave up waiting for a lock. @throws TablesLockedError, and what `work` throws */
export async function explainingLocks<T>(lockTimeoutMs: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (LOCKED_OUT.has(sqlStateOf(error) ?? '')) throw new TablesLockedError(lockTimeoutMs, { cause: error });
    throw error;
  }
}

/** Ends the transaction and takes everything back. A connection that is gone has done so already, and the first error is the one to tell. */
export async function endQuietly(client: ClientBase): Promise<void> {
  await client.query('rollback').catch(() => undefined);
}
