import { setTimeout as pause } from 'node:timers/promises';
import { Client, type ClientConfig } from 'pg';
import { TransactionPoolerError } from '../errors.js';
import type { Session } from './session.js';

const ROUNDS = 3;
/** A session of one's own answers at once. */
const ANSWER_WITHIN_MS = 5_000;

/**
 * Refuses a connection whose statements do not all reach the same session of the server: a lock taken there would not be ours a statement
 * later. A connection of PostgreSQL's own is told by its first answer, which names the server process that then answers; only behind
 * something else are two connections compared, statement by statement.
 * @param driverClient the connection itself, as the driver knows it
 * @throws TransactionPoolerError
 */
export async function refuseTransactionPooler(driverClient: unknown, session: Session, connection: ClientConfig): Promise<void> {
  if (announcedProcess(driverClient) === (await processOf(session))) return;
  const [first, second] = [new Client(connection), new Client(connection)];
  try {
    await first.connect();
    await second.connect();
    for (let round = 0; round < ROUNDS; round += 1) {
      if (await sharesASession(first, second)) throw new TransactionPoolerError(connection);
    }
  } finally {
    await Promise.all([first.end(), second.end()]);
  }
}

/**
 * While `second` holds a server's session in a transaction, `first` must still be where it was, which is somewhere else. Where it gets no
 * answer, somebody else has its session.
 */
async function sharesASession(first: Client, second: Client): Promise<boolean> {
  const before = await backendOf(first);
  await second.query('begin');
  try {
    if ((await backendOf(second)) === before) return true;
    return before !== (await Promise.race([backendOf(first), pause(ANSWER_WITHIN_MS, undefined, { ref: false })]));
  } finally {
    await second.query('rollback');
  }
}

async function backendOf(client: Client): Promise<number | undefined> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return rows[0]?.pid;
}

async function processOf(session: Session): Promise<number | undefined> {
  const [row] = await session.rows<{ pid: number }>('select pg_backend_pid() as pid');
  return row?.pid;
}

function announcedProcess(client: unknown): number | undefined {
  if (typeof client !== 'object' || client === null || !('processID' in client)) return undefined;
  return typeof client.processID === 'number' ? client.processID : undefined;
}
