import { createHash } from 'node:crypto';
import pg from 'pg';
import utils from 'pg/lib/utils.js';
import { ParameterValueError } from '../errors.js';
import { MessageWriter } from './messages.js';
import { PreparedNames } from './prepared-names.js';
import { sendObserved } from './sent-batches.js';
import type { WireField, WireResult, WireStatement, WireValue } from './wire.js';

// The one file that knows the insides of pg 8.23: Client hands a Submittable its connection and the messages that
// belong to it. one-sync.spec.ts pins the driver's version and every internal named here.

const MAX_PARAMETERS = 65_535;

/** The versions of pg this file was written against. */
export const DRIVER_VERSION = '8.23.1';

/** How a batch failed; unwrapped before it reaches a caller. */
export class BatchError extends Error {
  constructor(
    override readonly cause: unknown,
    /** How many statements of the batch had completed. */
    readonly completed: number,
    /** Whether the connection is gone. */
    readonly broken: boolean,
    /** What is known: nothing was sent; PostgreSQL said itself what happened; the connection broke without a word. */
    readonly answer: 'not sent' | 'answered' | 'silent',
  ) {
    super('A batch of statements failed');
  }
}

/** The name a statement's text is prepared under: the same on every connection. */
export function statementName(text: string): string {
  return `s_${createHash('sha256').update(text).digest('hex').slice(0, 40)}`;
}

/**
 * Turns values into what goes over the wire, before anything is written, so that a value that cannot be sent sends nothing.
 * @throws ParameterValueError naming the position.
 */
export function prepareValues(values: readonly unknown[]): WireValue[] {
  if (values.length > MAX_PARAMETERS) throw new ParameterValueError(MAX_PARAMETERS + 1, 'a statement takes 65535 at most');
  return values.map((value, index) => {
    if (typeof value === 'string') return value;
    if (value instanceof Date && Number.isNaN(value.getTime())) throw new ParameterValueError(index + 1, 'it is an invalid date');
    try {
      const prepared = utils.prepareValue(value);
      return prepared === undefined ? null : prepared;
    } catch (error) {
      throw new ParameterValueError(index + 1, error);
    }
  });
}

type Parser = (text: string) => unknown;

/** How the rows of a statement are read. */
interface Description {
  readonly fields: readonly WireField[];
  readonly parsers: readonly Parser[];
  /** A row of nulls, copied for each row: its properties are its own, whatever the columns are called. */
  readonly empty: Readonly<Record<string, unknown>>;
}

const NO_ROWS: Description = { fields: [], parsers: [], empty: {} };

/** Several statements under one Sync: one round trip, and one transaction unless they say BEGIN themselves. */
class Batch implements pg.Submittable {
  readonly #results: WireResult[] = [];
  readonly #parsing: string[] = [];
  #parsed = 0;
  #open: WireResult | null = null;
  #description: Description | undefined;
  #rowError: unknown = undefined;

  constructor(
    private readonly statements: readonly WireStatement[],
    private readonly client: pg.Client,
    private readonly names: PreparedNames<Description>,
    private readonly resolve: (results: WireResult[]) => void,
    private readonly reject: (error: BatchError) => void,
  ) {}

  submit(connection: pg.Connection): void {
    connection.stream.write(this.#encode());
    this.#expect();
  }

  #encode(): Buffer {
    const writer = new MessageWriter();
    const isNamed = this.names.capacity > 0;
    let unknown: Set<string> | null = null;
    for (const { name } of this.statements) if (isNamed && name !== null && !this.names.use(name)) unknown = (unknown ?? new Set()).add(name);
    for (const name of this.names.takeClosing(unknown?.size ?? 0)) writer.closeStatement(name);
    for (const statement of this.statements) {
      const name = (isNamed ? statement.name : null) ?? '';
      if (name === '' || unknown?.delete(name) === true) {
        writer.parse(name, statement.text);
        this.#parsing.push(name);
      }
      writer.bind(name, statement.values);
      if (statement.discardRows !== true && this.names.description(name) === undefined) writer.describe();
      writer.execute();
    }
    return writer.sync();
  }

  /** Gets ready for the rows of the next statement. */
  #expect(): void {
    const statement = this.statements[this.#results.length];
    this.#description = statement === undefined || statement.discardRows === true ? NO_ROWS : this.names.description(statement.name ?? '');
  }

  /** PostgreSQL has parsed the next statement: its name is known from now on, whatever becomes of the batch. */
  parseComplete(): void {
    const name = this.#parsing[this.#parsed++];
    if (name !== undefined && name !== '') this.names.add(name);
  }

  handleRowDescription(message: { fields: WireField[] }): void {
    this.#description = {
      fields: message.fields,
      parsers: message.fields.map((field) => this.client.getTypeParser(field.dataTypeID, 'text') as Parser),
      empty: Object.fromEntries(message.fields.map((field) => [field.name, null])),
    };
    const name = this.statements[this.#results.length]?.name;
    if (name !== null && name !== undefined) this.names.describe(name, this.#description);
  }

  handleDataRow(message: { fields: (string | null)[] }): void {
    const description = this.#description;
    if (description === undefined || description === NO_ROWS || this.#rowError !== undefined) return;
    const { fields, parsers } = description;
    const row: Record<string, unknown> = { ...description.empty };
    try {
      for (let index = 0; index < fields.length; index++) {
        const value = message.fields[index];
        const field = fields[index];
        const parse = parsers[index];
        if (field !== undefined && parse !== undefined && value !== null && value !== undefined) row[field.name] = parse(value);
      }
      this.#begin().rows.push(row);
    } catch (error) {
      this.#rowError = error;
    }
  }

  handleCommandComplete(message: { text: string }): void {
    const result = this.#begin();
    const words = message.text.split(' ');
    result.command = words[0] ?? null;
    const count = Number(words.at(-1));
    result.rowCount = words.length > 1 && Number.isInteger(count) ? count : null;
    this.#complete(result);
  }

  handleEmptyQuery(): void {
    this.#complete(this.#begin());
  }

  handleReadyForQuery(): void {
    if (this.#rowError === undefined) this.resolve(this.#results);
    else this.reject(new BatchError(this.#rowError, this.#results.length, false, 'answered'));
  }

  /**
   * Called with PostgreSQL's error (pg then forgets this batch, although ReadyForQuery is still to come), or with the
   * driver's own when the connection is gone. Settles only when the connection is ready again, or has ended.
   */
  handleError(error: unknown, connection: pg.Connection): void {
    if (!(error instanceof pg.DatabaseError)) {
      this.reject(new BatchError(error, this.#results.length, true, 'silent'));
      return;
    }
    const settle = (broken: boolean): void => {
      connection.off('readyForQuery', onReady);
      connection.off('end', onEnd);
      this.reject(new BatchError(error, this.#results.length, broken, 'answered'));
    };
    const onReady = (): void => settle(false);
    const onEnd = (): void => settle(true);
    connection.on('readyForQuery', onReady);
    connection.on('end', onEnd);
  }

  /** COPY is refused before it is sent; should one arrive all the same, the connection goes. */
  handleCopyInResponse(connection: pg.Connection): void {
    connection.stream.destroy(new Error('COPY is not spoken on this connection'));
  }

  handleCopyData(): void {}

  handlePortalSuspended(): void {}

  #begin(): WireResult {
    this.#open ??= { command: null, rowCount: null, rows: [], fields: this.#description?.fields ?? [] };
    return this.#open;
  }

  #complete(result: WireResult): void {
    const statement = this.statements[this.#results.length];
    if (this.#description === undefined && typeof statement?.name === 'string') this.names.describe(statement.name, NO_ROWS);
    this.#results.push(result);
    this.#open = null;
    this.#expect();
  }
}

/** One connection to PostgreSQL that sends batches. Owned by whoever checked it out; one batch at a time. */
export class WireConnection {
  readonly #client: pg.Client;
  readonly #names: PreparedNames<Description>;
  readonly #pool: string;
  #current: Batch | null = null;
  #brokenBy: unknown = undefined;

  /** @param options.nameCapacity how many statements stay prepared; 0 prepares none under a name (for poolers that cannot); `name` is that of its pool */
  constructor(client: pg.Client, options: { readonly nameCapacity: number; readonly name?: string }) {
    this.#client = client;
    this.#pool = options.name ?? 'none';
    this.#names = new PreparedNames<Description>(options.nameCapacity);
    client.connection.on('parseComplete', () => this.#current?.parseComplete());
    client.on('error', (error) => (this.#brokenBy ??= error));
    client.on('end', () => (this.#brokenBy ??= new Error('The connection ended')));
  }

  /** Why the connection cannot be used any more, if so. */
  get brokenBy(): unknown {
    return this.#brokenBy;
  }

  /** What PostgreSQL said last: idle, in a transaction, or in a failed one. */
  get transactionStatus(): 'I' | 'T' | 'E' | null {
    return this.#client.getTransactionStatus();
  }

  /** How many statement names the server keeps for this connection. */
  get preparedNames(): number {
    return this.#names.size;
  }

  /**
   * Sends the statements under one Sync and resolves with their results, in order, when the connection is ready again.
   * @throws BatchError
   */
  send(statements: readonly WireStatement[]): Promise<WireResult[]> {
    if (this.#brokenBy !== undefined) return Promise.reject(new BatchError(this.#brokenBy, 0, true, 'not sent'));
    return sendObserved(this.#pool, statements, () => this.#send(statements));
  }

  /** Takes back the names of `statements`: the next use prepares them anew. */
  forget(statements: readonly WireStatement[]): void {
    for (const { name } of statements) if (name !== null) this.#names.forget(name);
  }

  #send(statements: readonly WireStatement[]): Promise<WireResult[]> {
    return new Promise<WireResult[]>((resolve, reject) => {
      const batch = new Batch(statements, this.#client, this.#names, resolve, reject);
      this.#current = batch;
      this.#client.query(batch);
    });
  }
}
