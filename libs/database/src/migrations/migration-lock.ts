import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, type ClientConfig } from 'pg';
import { MigrationLockTimeoutError } from './errors.js';
import { MIGRATION_LOCK, PROGRESS_SQL, SINCE_CLASS, type ProgressRow } from './progress.js';
import { refuseTransactionPooler } from './runner/pooler.js';
import { sessionOfClient, type Session } from './runner/session.js';

const SHORTEST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 250;
/** How often a waiter says again for whom it waits. */
const SAY_AGAIN_MS = 10_000;
/** PostgreSQL cuts an application_name off behind this many bytes. */
const LONGEST_NAME = 63;

export interface LockOptions {
  /** How long to wait for another process that migrates, in milliseconds. Default ten minutes. */
  readonly waitMs?: number;
  /** Called when another process has the lock, again when somebody else has it, and every ten seconds. */
  readonly onWait?: (text: string) => void;
}

/** How sessions that migrate or repair call themselves: what they are, the host and the process, at most 63 bytes. */
export function migrationsApplicationName(): string {
  const [start, end] = ['plinth-migrations ', `/${process.pid}`];
  return `${start}${hostname().slice(0, LONGEST_NAME - start.length - end.length)}${end}`;
}

/**
 * Runs `work` while holding the database's migration lock, on a session of its own (past any pooler): for work that must not meet a
 * migration. The runner itself holds the lock on the session that migrates, so that both end together.
 * @throws MigrationLockTimeoutError, TransactionPoolerError, and what `work` throws.
 */
export async function withMigrationLock<T>(connection: ClientConfig, work: () => Promise<T>, options: LockOptions = {}): Promise<T> {
  const named = { ...connection, application_name: migrationsApplicationName() };
  const client = new Client(named);
  // A session that is lost while it only holds the lock must not bring the process down: the work's own connection will say.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const session = sessionOfClient(client);
    await refuseTransactionPooler(client, session, named);
    await acquireMigrationLock(session, options);
    return await work();
  } finally {
    await client.end();
  }
}

/**
 * Waits for the lock and takes it, for as long as the session lives or until `releaseMigrationLock`. Waiters poll, each try outside a
 * transaction: one that sleeps inside pg_advisory_lock makes a concurrent index build of the holder a deadlock.
 * @throws MigrationLockTimeoutError that names the holder
 */
export async function acquireMigrationLock(session: Session, { waitMs = 600_000, onWait }: LockOptions = {}): Promise<void> {
  const started = performance.now();
  let [said, saidAt] = ['', 0];
  for (let tries = 0; !(await tryLock(session)); tries += 1) {
    const waited = performance.now() - started;
    const holder = await lockHolder(session);
    if (waited > waitMs) throw new MigrationLockTimeoutError(waited, holder);
    if (holder !== undefined && (holder.identity !== said || performance.now() - saidAt > SAY_AGAIN_MS)) {
      onWait?.(`Another process is migrating this database; waiting for it: ${holder.text}`);
      [said, saidAt] = [holder.identity, performance.now()];
    }
    await pause(Math.min(SHORTEST_PAUSE_MS * 2 ** tries, LONGEST_PAUSE_MS) * (0.5 + Math.random() / 2));
  }
  await session.rows('select pg_advisory_lock_shared($1::int, extract(epoch from clock_timestamp())::int)', [SINCE_CLASS]);
}

/** Gives up every advisory lock of the session. */
export async function releaseMigrationLock(session: Session): Promise<void> {
  await session.rows('select pg_advisory_unlock_all()');
}

/** Whether this session still has the lock. */
export async function holdsMigrationLock(session: Session): Promise<boolean> {
  const rows = await session.rows<{ own: boolean }>(`select pid = pg_backend_pid() as own from (${PROGRESS_SQL}) holder`);
  return rows.some(({ own }) => own);
}

/** Who holds the lock. */
export interface LockHolder {
  readonly pid: number;
  /** Host and process where it is one of ours; what the session calls itself otherwise. */
  readonly application: string;
  readonly since: Date;
  /** A sentence with all of it and how far it is. */
  readonly text: string;
  /** Changes with the holder and its progress. */
  readonly identity: string;
}

/** The holder, or undefined where nobody holds the lock (any more). */
export async function lockHolder(session: Session): Promise<LockHolder | undefined> {
  const [row] = await session.rows<ProgressRow & { application: string | null; started: Date | null }>(
    `select progress.*, activity.application_name as application, activity.backend_start as started
       from (${PROGRESS_SQL}) progress join pg_stat_activity activity using (pid)`,
  );
  if (row === undefined) return undefined;
  const since = row.since === null ? (row.started ?? new Date()) : new Date(row.since);
  const application = row.application ?? '';
  const step = row.place === null || row.total === null ? '' : `, migrating ${row.place} of ${row.total}`;
  const text = `process ${row.pid} of the server, "${application}", has the lock since ${since.toISOString()}${step}`;
  return { pid: row.pid, application, since, text, identity: `${row.pid} ${row.place}` };
}

async function tryLock(session: Session): Promise<boolean> {
  const [row] = await session.rows<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [MIGRATION_LOCK]);
  return row?.locked === true;
}
