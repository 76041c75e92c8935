import { createLogger, eventCounters, newId } from '#database';
import type { ApiCallRecord } from './api-call-store.js';
import { ApiCallWriter } from './api-call-writer.js';

const record = (orgId = 'a'): ApiCallRecord => ({
  orgId,
  id: newId(),
  userId: null,
  apiKeyId: null,
  method: 'GET',
  route: '/v1/me',
  statusCode: 200,
  durationMs: 1,
  requestId: 'r',
  ip: null,
  userAgent: null,
  createdAt: new Date(),
});

function droppedSoFar(): number {
  const counter = eventCounters().find(({ name }) => name === 'api_call_dropped_total');
  return (counter?.read() ?? []).reduce((sum, { count }) => sum + count, 0);
}

/** A store that writes nothing before it is told to. */
class HeldStore {
  readonly written: (readonly ApiCallRecord[])[] = [];
  failure: Error | undefined;
  readonly #gates: (() => void)[] = [];

  readonly write = async (_orgId: string, records: readonly ApiCallRecord[]): Promise<void> => {
    await new Promise<void>((resolve) => this.#gates.push(resolve));
    if (this.failure !== undefined) throw this.failure;
    this.written.push(records);
  };

  get asked(): number {
    return this.#gates.length;
  }

  async open(): Promise<void> {
    for (const gate of this.#gates.splice(0)) gate();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('the writer of requests', () => {
  it('writes full batches at once, one statement for each organization', async () => {
    const store = new HeldStore();
    const writer = new ApiCallWriter(store.write, { batch: 4, everyMs: 60_000 });
    for (const orgId of ['a', 'b', 'a', 'a']) writer.add(record(orgId));
    await store.open();
    expect(store.written.map((records) => records.length).sort()).toEqual([1, 3]);
    await writer.close();
  });

  it('drops and counts when it falls behind, makes nobody wait, and says so once', async () => {
    const lines: object[] = [];
    const logger = createLogger('test');
    logger.warn = (fields: object) => void lines.push(fields);
    const store = new HeldStore();
    const writer = new ApiCallWriter(store.write, { batch: 10, capacity: 50, everyMs: 60_000, logger });
    const before = droppedSoFar();
    for (let index = 0; index < 1_000; index += 1) writer.add(record());
    expect(writer.waiting).toBe(50);
    expect(droppedSoFar() - before).toBe(1_000 - 10 - 50);
    expect(lines).toHaveLength(1);
    const closed = writer.close();
    while (store.written.flat().length < 60) await store.open();
    await closed;
  });

  it('keeps what an unreachable database did not take, and gives up what is refused', async () => {
    const store = new HeldStore();
    const writer = new ApiCallWriter(store.write, { batch: 2, everyMs: 60_000, logger: createLogger('test') });
    store.failure = new Error('unreachable');
    writer.add(record());
    writer.add(record());
    await store.open();
    expect(writer.waiting).toBe(2);
    const before = droppedSoFar();
    store.failure = Object.assign(new Error('gone'), { code: '23503' });
    writer.add(record('b'));
    const closed = writer.close();
    while (store.asked > 0 || writer.waiting > 0) await store.open();
    await closed;
    expect(droppedSoFar() - before).toBe(3);
    expect(store.written).toHaveLength(0);
  });
});
