import { createLogger, eventCounter, sqlStateOf, type Logger } from '#database';
import type { ApiCallRecord } from './api-call-store.js';

export interface ApiCallWriterOptions {
  /** Records that wait at most; what comes beyond is dropped and counted. */
  readonly capacity?: number;
  /** As many at once are written without waiting any longer. */
  readonly batch?: number;
  /** How long a record waits at most before it is written, in milliseconds. */
  readonly everyMs?: number;
  readonly logger?: Logger;
}

/** Writes the records of one organization. */
export type WriteApiCalls = (orgId: string, records: readonly ApiCallRecord[]) => Promise<void>;

const dropped = eventCounter('api_call_dropped_total', 'Requests whose record was dropped, by why: the writer fell behind, or the record was refused.', [
  'reason',
]);
const written = eventCounter('api_call_written_total', 'Requests whose record was written.');

/** The database cannot be reached or has no room: later it may. */
const UNAVAILABLE = /^(?:08|53|57)/;
const LINE_EVERY_MS = 60_000;

/**
 * Takes records without ever making anybody wait, and writes them in batches, one statement for each organization. When the writer falls
 * behind, what does not fit is dropped, counted in `api_call_dropped_total`, and said once a minute in the log.
 */
export class ApiCallWriter {
  readonly #capacity: number;
  readonly #batch: number;
  readonly #everyMs: number;
  readonly #log: Logger;
  #waiting: ApiCallRecord[] = [];
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> | null = null;
  #closed = false;
  #droppedSinceLine = 0;
  #lastLine = -Infinity;

  constructor(
    private readonly write: WriteApiCalls,
    { capacity = 20_000, batch = 500, everyMs = 1_000, logger = createLogger('api-calls') }: ApiCallWriterOptions = {},
  ) {
    this.#capacity = capacity;
    this.#batch = batch;
    this.#everyMs = everyMs;
    this.#log = logger;
  }

  /** How many records wait to be written. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Takes one record; returns at once. */
  add(record: ApiCallRecord): void {
    if (this.#closed || this.#waiting.length >= this.#capacity) {
      this.#drop(1, 'behind');
      return;
    }
    this.#waiting.push(record);
    if (this.#writing !== null) return;
    if (this.#waiting.length >= this.#batch) this.#start();
    else this.#arm();
  }

  /** Writes what waits, and takes no more. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#writing;
    for (let before = Infinity; this.#waiting.length > 0 && this.#waiting.length < before;) {
      before = this.#waiting.length;
      await this.#writeBatch();
    }
    this.#drop(this.#waiting.length, 'behind');
    this.#waiting = [];
  }

  #arm(): void {
    if (this.#closed) return;
    this.#timer ??= setTimeout(() => this.#start(), this.#everyMs).unref();
  }

  #start(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#writing !== null) return;
    this.#writing = this.#writeAll().finally(() => {
      this.#writing = null;
      if (this.#waiting.length > 0) this.#arm();
    });
  }

  /** Full batches go one after the other; the rest waits for company. */
  async #writeAll(): Promise<void> {
    do {
      if (!(await this.#writeBatch())) return;
    } while (this.#waiting.length >= this.#batch);
  }

  /** Returns false where the database could not take it: the records wait on. */
  async #writeBatch(): Promise<boolean> {
    const records = this.#waiting.splice(0, this.#batch);
    const refused = await Promise.all([...byOrganization(records)].map(([orgId, own]) => this.#writeOwn(orgId, own)));
    const again = refused.flat();
    this.#waiting.unshift(...again);
    return again.length === 0;
  }

  async #writeOwn(orgId: string, records: readonly ApiCallRecord[]): Promise<readonly ApiCallRecord[]> {
    try {
      await this.write(orgId, records);
      written.add({}, records.length);
      return [];
    } catch (error) {
      const state = sqlStateOf(error) ?? sqlStateOf(error instanceof Error ? error.cause : undefined);
      if (state === undefined || UNAVAILABLE.test(state)) return records;
      this.#drop(records.length, 'refused', error);
      return [];
    }
  }

  #drop(count: number, reason: 'behind' | 'refused', error?: unknown): void {
    if (count === 0) return;
    dropped.add({ reason }, count);
    this.#droppedSinceLine += count;
    if (performance.now() - this.#lastLine < LINE_EVERY_MS) return;
    this.#lastLine = performance.now();
    this.#log.warn({ err: error, dropped: this.#droppedSinceLine, reason }, 'Records of requests are dropped: they cannot be written as fast as they come');
    this.#droppedSinceLine = 0;
  }
}

function byOrganization(records: readonly ApiCallRecord[]): Map<string, ApiCallRecord[]> {
  const groups = new Map<string, ApiCallRecord[]>();
  for (const record of records) {
    const own = groups.get(record.orgId);
    if (own === undefined) groups.set(record.orgId, [record]);
    else own.push(record);
  }
  return groups;
}
