import { createLogger, observeBatches, type Database } from '#database';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** How far one class of jobs is behind, over all organizations together. */
export interface ClassLag {
  readonly jobClass: string;
  readonly oldestDueSeconds: number;
  readonly due: number;
}

export type ReadQueueLag = (database: Database) => Promise<readonly ClassLag[]>;

const log = createLogger('metrics');

/** Measures the pools and what goes over them. @returns what stops measuring */
export function measureDatabase(registry: Registry, database: Database): () => void {
  new Gauge({
    name: 'plinth_db_pool_connections',
    help: 'Connections of each pool: used by somebody, idle, and the most there may be; and the callers who wait for one.',
    labelNames: ['pool', 'state'],
    registers: [registry],
    collect() {
      for (const { name, usage } of database.pools) {
        this.set({ pool: name, state: 'used' }, usage.taken);
        this.set({ pool: name, state: 'idle' }, Math.max(0, usage.open - usage.taken));
        this.set({ pool: name, state: 'waiting' }, usage.waiting);
        this.set({ pool: name, state: 'size' }, usage.size);
      }
    },
  });
  const statements = new Counter({
    name: 'plinth_db_statements_total',
    help: 'Statements sent to PostgreSQL, those that enter role and organization included.',
    labelNames: ['pool'],
    registers: [registry],
  });
  const roundTrips = new Histogram({
    name: 'plinth_db_round_trip_duration_seconds',
    help: 'From sending statements to their last answer.',
    labelNames: ['pool', 'outcome'],
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30],
    registers: [registry],
  });
  return observeBatches(({ pool, statements: count, durationMs, succeeded }) => {
    statements.inc({ pool }, count);
    roundTrips.observe({ pool, outcome: succeeded ? 'success' : 'failure' }, durationMs / 1_000);
  });
}

/** Measures how far the queue is behind, when somebody asks. Where it cannot be read, it is missing, and the rest is there. */
export function measureQueue(registry: Registry, database: Database, readLag: ReadQueueLag): void {
  const read = shared(() => readLag(database));
  const gauge = (name: string, help: string, valueOf: (lag: ClassLag) => number): Gauge =>
    new Gauge({
      name,
      help,
      labelNames: ['class'],
      registers: [registry],
      async collect() {
        this.reset();
        for (const lag of await read()) this.set({ class: lag.jobClass }, valueOf(lag));
      },
    });
  gauge('plinth_queue_due_jobs', 'Jobs that could run now; counted up to 10,000.', ({ due }) => due);
  gauge('plinth_queue_lag_seconds', 'How long the oldest job that could run has waited.', ({ oldestDueSeconds }) => oldestDueSeconds);
}

/** One reading for all who ask while it is under way; nothing where it fails. */
function shared(read: () => Promise<readonly ClassLag[]>): () => Promise<readonly ClassLag[]> {
  let reading: Promise<readonly ClassLag[]> | undefined;
  return () => {
    reading ??= read()
      .catch((error: unknown) => {
        log.debug({ err: error }, 'How far the queue is behind cannot be read');
        return [];
      })
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };
}
