import { hostname } from 'node:os';
import { createLogger, newId, type Logger } from '#database';
import type { Catalogue } from '../catalogue/catalogue.js';
import type { AnyJobDefinition, JobDefinition, SystemJobDefinition } from '../catalogue/define-job.js';
import type { HandlersOf } from '../catalogue/handlers.js';
import { LeaseLostError, MissingHandlerError, WorkerDrainingError } from '../errors.js';
import { Scheduler } from '../schedule/scheduler.js';
import { Claimer } from './claimer.js';
import { holdKey, ownerOf, type ClaimedJob, type EndedJob } from './claimed-job.js';
import { Heartbeat } from './heartbeat.js';
import type { JobStore } from './job-store.js';
import { queueOptions, type QueueOptions } from './options.js';
import { OrganizationJobStore } from './organization-job-store.js';
import { Prefetch } from './prefetch.js';
import type { QueueDatabase } from './queue-database.js';
import { Run, type AnyHandler, type RunEnvironment, type RunOutcome } from './run.js';
import { Settler } from './settler.js';
import { SystemJobStore } from './system-job-store.js';
import { WaitingLine } from './waiting-line.js';
import { Waker } from './waker.js';
import { newStats, type WorkerStats } from './worker-stats.js';

export interface QueueWorkerInput<C extends Catalogue> {
  readonly database: QueueDatabase;
  readonly catalogue: C;
  readonly handlers: HandlersOf<C>;
  readonly options?: Partial<QueueOptions>;
  readonly logger?: Logger;
}

/** A worker that has not started. @throws MissingHandlerError, InvalidQueueOptionError */
export function createQueueWorker<C extends Catalogue>(input: QueueWorkerInput<C>): QueueWorker {
  const handlers = new Map<string, AnyHandler>(Object.entries<AnyHandler>(input.handlers));
  for (const { kind } of input.catalogue.definitions) if (!handlers.has(kind)) throw new MissingHandlerError(kind);
  return new QueueWorker(input.database, input.catalogue, handlers, queueOptions(input.options ?? {}), input.logger ?? createLogger('queue'));
}

const SETTLE_AFTER_DRAIN_MS = 5_000;

/**
 * Claims jobs, runs them and writes how they ended, until it is drained. Every job runs at least once; while PostgreSQL is
 * away it waits and comes back by itself.
 */
export class QueueWorker {
  /** Written into the rows it holds. */
  readonly id = `${hostname().slice(0, 60)}:${process.pid}:${newId()}`;
  readonly stats: WorkerStats = newStats();
  readonly #options: QueueOptions;
  readonly #logger: Logger;
  readonly #environment: RunEnvironment;
  readonly #claimers: readonly Claimer[];
  readonly #storeByScope: Readonly<Record<AnyJobDefinition['scope'], JobStore>>;
  readonly #settler: Settler;
  readonly #heartbeat: Heartbeat;
  readonly #scheduler: Scheduler;
  readonly #line = new WaitingLine();
  readonly #running = new Map<string, Run>();
  readonly #runningByOwner = new Map<string, number>();
  readonly #prefetch: Prefetch;
  readonly #waker: Waker;
  readonly #drainBegun = new AbortController();
  #draining: Promise<boolean> | undefined;
  #idle: (() => void) | undefined;

  constructor(database: QueueDatabase, catalogue: Catalogue, handlers: ReadonlyMap<string, AnyHandler>, options: QueueOptions, logger: Logger) {
    this.#options = options;
    this.#logger = logger.child({ worker: this.id });
    this.#environment = {
      database,
      catalogue,
      logger: this.#logger,
      abortGraceMs: options.abortGraceMs,
      draining: this.#drainBegun.signal,
      handlerOf(kind) {
        const handler = handlers.get(kind);
        if (handler === undefined) throw new MissingHandlerError(kind);
        return handler;
      },
    };
    const own = catalogue.definitions.filter((definition): definition is JobDefinition => definition.scope === 'organization');
    const system = catalogue.definitions.filter((definition): definition is SystemJobDefinition => definition.scope === 'system');
    this.#storeByScope = { organization: new OrganizationJobStore(database.queue, own), system: new SystemJobStore(database.queue, system) };
    this.#prefetch = new Prefetch(options);
    this.#claimers = [own.length > 0 ? this.#claimer('organization') : [], system.length > 0 ? this.#claimer('system') : []].flat();
    this.#settler = new Settler(
      (job) => this.#storeOf(job),
      { settled: (ended, held) => this.#settled(ended, held), flushed: () => this.#flushed() },
      this.#logger,
    );
    this.#heartbeat = new Heartbeat({ ...options, held: () => this.#held(), lost: (jobs) => this.#lost(jobs) }, this.#logger);
    this.#waker = new Waker(database, () => this.wake(), this.#logger);
    this.#scheduler = new Scheduler(database.queue, system, this.#logger);
  }

  /** How many jobs it runs now, and how many it holds beside them. */
  get load(): { readonly running: number; readonly waiting: number; readonly concurrency: number } {
    return { running: this.#running.size, waiting: this.#line.size, concurrency: this.#options.concurrency };
  }

  /** Starts to claim. Resolves when it listens; where PostgreSQL is away it listens later. */
  async start(): Promise<void> {
    this.#heartbeat.start();
    this.#scheduler.start();
    for (const claimer of this.#claimers) claimer.start();
    await this.#waker.start();
  }

  /** Looks for jobs now. */
  wake(): void {
    for (const claimer of this.#claimers) claimer.wake();
  }

  /**
   * Stops claiming, gives back what has not started, tells the rest and lets it finish for `drainTimeoutMs`, then aborts it and gives it
   * back at once. Answers whether everything could be written; what could not runs again when its lease ends. Call it once;
   * later calls wait for the first.
   */
  drain(): Promise<boolean> {
    this.#draining ??= this.#drain();
    return this.#draining;
  }

  async #drain(): Promise<boolean> {
    this.#drainBegun.abort(new WorkerDrainingError());
    this.#scheduler.stop();
    await this.#waker.stop();
    await Promise.all(this.#claimers.map((claimer) => claimer.stop()));
    this.#giveBackWaiting();
    if (!(await this.#allEnded(this.#options.drainTimeoutMs))) {
      for (const run of this.#running.values()) run.abort(new WorkerDrainingError());
      await this.#allEnded(this.#options.abortGraceMs + 1_000);
    }
    const written = await this.#settler.drain(SETTLE_AFTER_DRAIN_MS);
    await this.#heartbeat.stop();
    return written && this.#running.size === 0;
  }

  #allEnded(timeoutMs: number): Promise<boolean> {
    if (this.#running.size === 0) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), timeoutMs);
      this.#idle = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
  }

  #claimer(scope: AnyJobDefinition['scope']): Claimer {
    return new Claimer({
      worker: this.id,
      store: this.#storeByScope[scope],
      options: this.#options,
      logger: this.#logger,
      room: () => this.#prefetch.room(this.#line.size, this.#running.size, this.#settler.size),
      share: () => this.#prefetch.share(),
      held: () => this.#heldByOrganization(),
      claimed: (jobs, reclaimed) => this.#claimed(jobs, reclaimed),
    });
  }

  #claimed(jobs: readonly ClaimedJob[], reclaimed: number): void {
    this.stats.claimed += jobs.length;
    this.stats.reclaimed += reclaimed;
    for (const job of jobs) this.#line.add(job);
    if (this.#draining === undefined) this.#startWaiting();
  }

  #startWaiting(): void {
    const cap = Math.max(1, Math.ceil((this.#options.concurrency * this.#options.organizationSharePercent) / 100));
    const mayRun = (owner: string): boolean => (this.#runningByOwner.get(owner) ?? 0) < cap;
    while (this.#running.size < this.#options.concurrency) {
      const job = this.#line.next(mayRun);
      if (job === undefined) break;
      void this.#run(job);
    }
  }

  async #run(job: ClaimedJob): Promise<void> {
    const run = new Run(job, this.#environment);
    const owner = ownerOf(job);
    this.#running.set(holdKey(job), run);
    this.#runningByOwner.set(owner, (this.#runningByOwner.get(owner) ?? 0) + 1);
    const startedAt = performance.now();
    const outcome = await run.execute();
    this.#prefetch.ran(performance.now() - startedAt);
    this.#running.delete(holdKey(job));
    const left = (this.#runningByOwner.get(owner) ?? 1) - 1;
    if (left === 0) this.#runningByOwner.delete(owner);
    else this.#runningByOwner.set(owner, left);
    this.#ended(job, outcome);
  }

  #ended(job: ClaimedJob, outcome: RunOutcome): void {
    if (outcome.type === 'LOST') this.#reportLost(job);
    else this.#settler.add({ job, outcome });
    if (this.#draining === undefined) {
      this.#startWaiting();
      for (const claimer of this.#claimers) claimer.roomMade();
    } else if (this.#running.size === 0) this.#idle?.();
  }

  #settled({ job, outcome }: EndedJob, held: boolean): void {
    const fields = { jobId: job.id, kind: job.kind, orgId: job.orgId, attempt: job.attempt };
    if (!held) return this.#reportLost(job);
    if (outcome.type === 'DONE') this.stats.done++;
    else if (outcome.type === 'RELEASE') this.stats.released++;
    else if (outcome.type === 'DEAD' || job.attempt >= job.maxAttempts) {
      this.stats.dead++;
      this.#logger.error({ ...fields, error: outcome.error }, 'a job is dead');
    } else {
      this.stats.retried++;
      for (const claimer of this.#claimers) claimer.dueIn(outcome.delayMs);
      this.#logger.warn({ ...fields, error: outcome.error, delayMs: outcome.delayMs }, 'a job failed and will be tried again');
    }
  }

  #flushed(): void {
    for (const claimer of this.#claimers) claimer.limitsMayHaveMoved();
  }

  #reportLost({ id, kind, orgId, fence, attempt }: ClaimedJob): void {
    this.stats.lost++;
    this.#logger.warn({ jobId: id, kind, orgId, fence, attempt }, 'a run ended after its lease had passed on; it changed nothing');
  }

  /** Jobs that wait are forgotten; runs are told to stop. */
  #lost(jobs: readonly ClaimedJob[]): void {
    const keys = new Set(jobs.map(holdKey));
    for (const job of this.#line.remove((waiting) => keys.has(holdKey(waiting)))) this.#reportLost(job);
    for (const job of jobs) this.#running.get(holdKey(job))?.abort(new LeaseLostError(job.id, job.fence));
  }

  #giveBackWaiting(): void {
    for (const job of this.#line.remove()) this.#settler.add({ job, outcome: { type: 'RELEASE' } });
  }

  #storeOf(job: ClaimedJob): JobStore {
    return this.#storeByScope[job.orgId === null ? 'system' : 'organization'];
  }

  *#heldJobs(): IterableIterator<ClaimedJob> {
    yield* this.#line;
    for (const { job } of this.#running.values()) yield job;
  }

  #held(): Map<JobStore, ClaimedJob[]> {
    const held = new Map<JobStore, ClaimedJob[]>();
    for (const job of [...this.#heldJobs(), ...this.#settler.jobs()]) {
      const store = this.#storeOf(job);
      const jobs = held.get(store);
      if (jobs === undefined) held.set(store, [job]);
      else jobs.push(job);
    }
    return held;
  }

  #heldByOrganization(): Map<string, number> {
    const held = new Map<string, number>();
    for (const { orgId } of this.#heldJobs()) if (orgId !== null) held.set(orgId, (held.get(orgId) ?? 0) + 1);
    return held;
  }
}
