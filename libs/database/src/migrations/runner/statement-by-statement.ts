import type { QueryRunner } from 'typeorm';
import { sqlStateOf } from '../../errors.js';
import type { Books } from './books.js';
import { standsAlone, type AloneStatement } from './alone.js';
import { rollBack, type Session } from './session.js';

/** What a step that sends several statements of its own asks for, so that all of them count as one: see changeRowsInBatches. */
export const AS_ONE = Symbol('as one');
/** `again` says that a process which ended half way may have begun it. Answers the number of rows, or undefined where it was done before. */
export type AsOne = (work: (runner: QueryRunner, again: boolean) => Promise<number>) => Promise<number | undefined>;

export interface StatementRun {
  readonly runner: QueryRunner;
  readonly session: Session;
  readonly books: Books;
  readonly name: string;
  /** How many statements an earlier process has done. */
  readonly done: number;
  readonly lockTimeoutMs: number;
  /** Whether an earlier process began, and may have executed the first statement that is not counted. */
  readonly resumed: boolean;
  /** Whether what is gone already counts as undone: the undoing of a migration that was half run. */
  readonly forgiving: boolean;
  readonly say: (text: string) => void;
  /** Runs one statement, again where it did not get its locks. */
  readonly attempt: (work: () => Promise<unknown>) => Promise<void>;
}

/** undefined_table, undefined_column, undefined_object, undefined_function, invalid_schema_name */
const GONE = new Set(['42P01', '42703', '42704', '42883', '3F000']);
const CONTROL = /^\s*(?:begin|start\s+transaction|commit|end|rollback|abort|savepoint|release)\b/i;

/**
 * The query runner of a migration with `transaction = false`: each statement is a transaction of its own, together with the number that
 * says it is done, so that a process that goes on after a kill neither repeats nor leaves out any. What PostgreSQL refuses inside a
 * transaction is looked up instead. Statements that are done answer no rows: such a migration must not go by what it reads.
 */
export function statementByStatement(run: StatementRun): QueryRunner {
  const counted = new Statements(run);
  return Object.create(run.runner, {
    query: { value: async (text: string, parameters?: unknown[], structured?: boolean) => counted.query(text, parameters, structured) },
    [AS_ONE]: { value: async (work: Parameters<AsOne>[0]) => counted.asOne(work) },
  }) as QueryRunner;
}

class Statements {
  #index = 0;
  #inOwnTransaction = false;

  constructor(private readonly run: StatementRun) {}

  async query(text: string, parameters: unknown[] | undefined, structured: boolean | undefined): Promise<unknown> {
    const place = (this.#index += 1);
    if (place <= this.run.done) return structured === true ? { records: [], affected: 0, raw: [] } : [];
    const { runner } = this.run;
    const send = async (): Promise<unknown> => (structured === true ? runner.query(text, parameters, true) : runner.query(text, parameters));
    if (CONTROL.test(text)) return this.#control(text, place, send);
    if (this.#inOwnTransaction) return send();
    let answer: unknown;
    const alone = standsAlone(text);
    await this.run.attempt(async () => {
      answer = alone === undefined ? await this.#inTransaction(place, send) : await this.#alone(alone, place, send);
    });
    return answer;
  }

  /** A step whose number of statements depends on the rows counts as one. It must be able to begin anew. */
  async asOne(work: Parameters<AsOne>[0]): ReturnType<AsOne> {
    const place = (this.#index += 1);
    if (place <= this.run.done) return undefined;
    const { session, lockTimeoutMs } = this.run;
    let [rows, again] = [0, this.#isSecondTime(place)];
    await this.run.attempt(async () => {
      const begun = again;
      again = true;
      await session.rows(`set lock_timeout = ${lockTimeoutMs}`);
      rows = await work(this.run.runner, begun);
    });
    await session.rows('set lock_timeout = 0');
    await this.run.books.advance(this.run.name, place);
    return rows;
  }

  /** A migration may hold transactions of its own; what is done counts when they commit. */
  async #control(text: string, place: number, send: () => Promise<unknown>): Promise<unknown> {
    if (/^\s*(?:begin|start)/i.test(text)) this.#inOwnTransaction = true;
    if (/^\s*(?:commit|end)/i.test(text)) {
      await this.run.books.advance(this.run.name, place);
      this.#inOwnTransaction = false;
    }
    if (/^\s*(?:rollback|abort)(?!\s+to)/i.test(text)) this.#inOwnTransaction = false;
    return send();
  }

  async #inTransaction(place: number, send: () => Promise<unknown>): Promise<unknown> {
    const { session, books, name, lockTimeoutMs } = this.run;
    await session.rows('begin');
    try {
      await session.rows(`set local lock_timeout = ${lockTimeoutMs}`);
      const answer = await this.#forgive(send, true);
      await books.advance(name, place);
      await session.rows('commit');
      return answer;
    } catch (error) {
      await rollBack(session);
      throw error;
    }
  }

  #isSecondTime(place: number): boolean {
    return this.run.resumed && place === this.run.done + 1;
  }

  /** It waits for others without stopping them, so it may wait for as long as it takes. */
  async #alone(statement: AloneStatement, place: number, send: () => Promise<unknown>): Promise<unknown> {
    const { session, books, name, say } = this.run;
    const found = await statement.mend(session, this.#isSecondTime(place), say);
    let answer: unknown = [];
    if (found === 'open') {
      try {
        answer = await this.#forgive(send, false);
      } catch (error) {
        await this.#clearAfter(statement, error);
        throw error;
      }
    }
    await books.advance(name, place);
    return answer;
  }

  /** A build that failed leaves its INVALID index too. Where it cannot be cleared now (the connection is gone), the next run does it. */
  async #clearAfter(statement: AloneStatement, error: unknown): Promise<void> {
    if (sqlStateOf(error) === undefined) return;
    await statement.mend(this.run.session, false, this.run.say).catch((second: unknown) => {
      this.run.say(`What it left could not be cleared now (${second instanceof Error ? second.message : String(second)}); the next run does it`);
    });
  }

  async #forgive(send: () => Promise<unknown>, inTransaction: boolean): Promise<unknown> {
    if (!this.run.forgiving) return send();
    const { session } = this.run;
    if (inTransaction) await session.rows('savepoint plinth_forgiving');
    try {
      return await send();
    } catch (error) {
      if (!GONE.has(sqlStateOf(error) ?? '')) throw error;
      if (inTransaction) await session.rows('rollback to savepoint plinth_forgiving');
      return [];
    }
  }
}
