import { createOrganization, createTestDatabase, type TestDatabase } from '#database/testing';
import { withAdmin } from '#database/testing';
import { createLogger, type Database } from '#database';
import type { Catalogue } from '../catalogue/catalogue.js';
import { createQueueWorker, type QueueWorker, type QueueWorkerInput } from '../worker/queue-worker.js';

export interface JobRow {
  org_id: string;
  id: string;
  kind: string;
  state: string;
  attempts: number;
  fence: string;
  locked_by: string | null;
  lease_until: Date | null;
  virtual_time: string | null;
  run_at: Date;
  dedupe_key: string | null;
  last_error: string | null;
}

/** A database of its own for a spec of the queue, with the workers it started. */
export interface QueueFixture {
  readonly test: TestDatabase;
  readonly database: Database;
  /** A new organization; answers its id. */
  organization(): Promise<string>;
  /** Starts a worker; it is drained by `drop`. */
  worker<C extends Catalogue>(input: Pick<QueueWorkerInput<C>, 'catalogue' | 'handlers' | 'options'>): Promise<QueueWorker>;
  /** Every job of every organization, as a superuser sees them. */
  jobs(): Promise<JobRow[]>;
  /** Runs a statement as a superuser: the state a test starts from, or somebody else's doing. */
  asAdmin(text: string, values?: readonly unknown[]): Promise<void>;
  /** Removes every job. */
  clear(): Promise<void>;
  drop(): Promise<void>;
}

export async function createQueueFixture(): Promise<QueueFixture> {
  const test = await createTestDatabase();
  const database = await test.open();
  const workers: QueueWorker[] = [];
  const logger = createLogger('queue-test');
  logger.level = 'silent';
  const asAdmin = (text: string, values: readonly unknown[] = []): Promise<void> =>
    withAdmin(test.urls.admin, async (client) => {
      await client.query(text, [...values]);
    });
  return {
    test,
    database,
    organization: async () => (await createOrganization(test)).orgId,
    async worker<C extends Catalogue>(input: Pick<QueueWorkerInput<C>, 'catalogue' | 'handlers' | 'options'>): Promise<QueueWorker> {
      const worker = createQueueWorker({ database, logger, ...input });
      workers.push(worker);
      await worker.start();
      return worker;
    },
    jobs: () => withAdmin(test.urls.admin, async (client) => (await client.query<JobRow>('select * from app.job order by created_at, id')).rows),
    asAdmin,
    clear: () => asAdmin('delete from app.job; delete from app.system_job'),
    async drop() {
      await Promise.all(workers.map((worker) => worker.drain()));
      await test.drop();
    },
  };
}

/** Waits until `condition` holds, looking every few milliseconds; fails after `timeoutMs`. */
export async function until(condition: () => boolean | Promise<boolean>, timeoutMs = 10_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`The condition did not hold within ${timeoutMs} ms: ${condition.toString()}`);
    await new Promise<void>((resolve) => setTimeout(resolve, 10));
  }
}

/** A promise with its ends outside. */
export interface Gate<T = void> {
  readonly promise: Promise<T>;
  open(value: T): void;
}

export function gate<T = void>(): Gate<T> {
  let open: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => (open = resolve));
  return { promise, open };
}
