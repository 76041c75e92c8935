import { AsyncLocalStorage } from 'node:async_hooks';
import { inSpan } from '../tracing/in-span.js';
import type { ConnectionPool, Lease } from './driver/pool.js';
import type { WireResult, WireStatement } from './driver/wire.js';
import { CommitRolledBackError, TransactionEndedError } from './errors.js';
import { errorOf, isStalePlan } from './outcome.js';
import { giveBack } from './stand-alone.js';
import { BEGIN, COMMIT, ROLLBACK } from './transaction-statements.js';

type State = 'open' | 'closing' | 'ended';

/**
 * One transaction on one connection. The connection is taken with the first statement; BEGIN and entering go out with
 * it. Statements are sent one after the other however they are called; after the end none is.
 */
export class UnitOfWork {
  #state: State = 'open';
  #lease: Lease | null = null;
  #tail: Promise<unknown> = Promise.resolve();
  #failure: unknown = undefined;
  #statements = 0;
  #committed = false;
  #doomedBy: unknown = undefined;

  constructor(
    private readonly pool: ConnectionPool,
    private readonly entering: () => readonly WireStatement[],
  ) {}

  /** Whether statements are no longer taken. */
  get ended(): boolean {
    return this.#state !== 'open';
  }

  /** How many statements it was given. */
  get statements(): number {
    return this.#statements;
  }

  /** Makes sure that this transaction will not commit. */
  doom(reason: unknown): void {
    this.#doomedBy ??= reason;
  }

  /** Sends a statement once those before it are done. @throws TransactionEndedError, and what PostgreSQL answers. */
  run(statement: WireStatement): Promise<WireResult> {
    return this.#enqueue(() => this.#send(statement, false));
  }

  /** Sends a statement together with COMMIT: the transaction has ended when this resolves. */
  last(statement: WireStatement): Promise<WireResult> {
    const result = this.#enqueue(async () => {
      const answer = await this.#send(statement, true);
      this.#committed = true;
      return answer;
    });
    if (this.#state === 'open') this.#state = 'closing';
    return result;
  }

  /**
   * Waits for the statements under way, then commits. COMMIT's answer is checked.
   * @throws CommitRolledBackError, CommitUnknownError
   */
  async commit(): Promise<void> {
    await this.#close();
    const lease = this.#lease;
    if (lease === null) {
      this.#state = 'ended';
      if (this.#failure !== undefined) throw new CommitRolledBackError(this.#failure);
      return;
    }
    let failure: unknown;
    try {
      if (this.#committed) return;
      if (this.#doomedBy !== undefined) throw new CommitRolledBackError(this.#doomedBy);
      if (lease.wire.brokenBy === undefined && lease.wire.transactionStatus === 'I') throw new CommitRolledBackError(this.#failure);
      const [answer] = await lease.wire.send([COMMIT]);
      if (answer?.command !== 'COMMIT') throw new CommitRolledBackError(this.#failure);
    } catch (error) {
      failure = error;
      if (isStalePlan(error)) lease.wire.forget([COMMIT, ROLLBACK]);
      throw errorOf(error, 0);
    } finally {
      this.#state = 'ended';
      await giveBack(lease, failure);
    }
  }

  /** Waits for the statements under way, then rolls back. Never throws: the error that led here matters more. */
  async rollback(): Promise<void> {
    await this.#close();
    this.#state = 'ended';
    if (this.#lease !== null) await giveBack(this.#lease, this.#failure);
  }

  async #close(): Promise<void> {
    if (this.#state === 'open') this.#state = 'closing';
    await this.#tail;
  }

  #enqueue(send: () => Promise<WireResult>): Promise<WireResult> {
    if (this.#state !== 'open') return Promise.reject(new TransactionEndedError());
    this.#statements++;
    const result = this.#tail.then(send);
    this.#tail = result.catch((error: unknown) => (this.#failure ??= error));
    return result;
  }

  async #send(statement: WireStatement, committing: boolean): Promise<WireResult> {
    const batch: WireStatement[] = [];
    if (this.#lease === null) {
      this.#lease = await this.pool.acquire();
      batch.push(BEGIN, ...this.entering());
    } else if (this.#lease.wire.brokenBy === undefined && this.#lease.wire.transactionStatus === 'I') {
      // Whatever ended the transaction (or kept it from beginning), nothing may run outside of it.
      throw new TransactionEndedError(this.#failure);
    }
    const index = batch.push(statement) - 1;
    if (committing) batch.push(COMMIT);
    try {
      const results = await this.#lease.wire.send(batch);
      const result = results[index];
      if (result === undefined || (committing && results.at(-1)?.command !== 'COMMIT')) throw new CommitRolledBackError(this.#failure);
      return result;
    } catch (error) {
      if (isStalePlan(error)) this.#lease.wire.forget([...batch, COMMIT, ROLLBACK]);
      throw errorOf(error, committing ? index + 1 : null);
    }
  }
}

/** Commits `unit` after `work`, or rolls it back when it throws. */
export function runUnit<T>(unit: UnitOfWork, work: () => Promise<T>): Promise<T> {
  return inSpan(
    'transaction',
    () => ({}),
    () => runToEnd(unit, work),
  );
}

async function runToEnd<T>(unit: UnitOfWork, work: () => Promise<T>): Promise<T> {
  let result: T;
  try {
    result = await work();
  } catch (error) {
    await unit.rollback();
    throw error;
  }
  await unit.commit();
  return result;
}

/** The transaction whose function is running, for what joins it without being handed its tx (injected repositories). */
export const runningUnit = new AsyncLocalStorage<{ readonly unit: UnitOfWork; readonly owner: object }>();
