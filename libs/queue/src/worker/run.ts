import { SpanKind } from '@opentelemetry/api';
import { currentContext, eventCounter, inSpan, runWithContext, type Logger, type TenantConnection } from '#database';
import type { Catalogue } from '../catalogue/catalogue.js';
import type { AnyJobDefinition } from '../catalogue/define-job.js';
import type { JobWork, SystemJobWork } from '../catalogue/handlers.js';
import { InvalidPayloadError, JobTimeoutError, LeaseLostError, UnrecoverableJobError, WorkerDrainingError, messageOf } from '../errors.js';
import { retryDelayMs } from './backoff.js';
import type { ClaimedJob, Outcome } from './claimed-job.js';
import { assertLeaseHeld, type Lease } from './lease.js';
import type { QueueDatabase } from './queue-database.js';

/** Every handler seen from the worker, which knows its kind only when it runs. */
export interface AnyHandler {
  handle(work: JobWork<object> | SystemJobWork<object>): Promise<void>;
}

export interface RunEnvironment {
  readonly database: QueueDatabase;
  readonly catalogue: Catalogue;
  readonly logger: Logger;
  readonly abortGraceMs: number;
  /** Aborted when the worker begins to drain. */
  readonly draining: AbortSignal;
  readonly handlerOf: (kind: string) => AnyHandler;
}

/** LOST: the lease passed on, nothing is to be written. */
export type RunOutcome = Outcome | { readonly type: 'LOST' };

const MAX_ERROR_LENGTH = 4_000;
const runs = eventCounter('job_runs_total', 'Runs of jobs by kind and how they ended.', ['kind', 'outcome']);

/**
 * One run of one job: its payload checked, its handler called within its organization's context, its time bounded. Never
 * rejects. A handler that goes on after its signal was aborted is left alone after `abortGraceMs`; the fence keeps it from
 * ending the job.
 */
export class Run {
  readonly #controller = new AbortController();
  readonly #environment: RunEnvironment;

  constructor(
    readonly job: ClaimedJob,
    environment: RunEnvironment,
  ) {
    this.#environment = environment;
  }

  /** Tells the handler to stop; the reason decides how the run ends. */
  abort(reason: LeaseLostError | WorkerDrainingError | JobTimeoutError): void {
    this.#controller.abort(reason);
  }

  /** Runs the job to its end. */
  async execute(): Promise<RunOutcome> {
    const outcome = await this.#run();
    const kind = this.#environment.catalogue.find(this.job.kind)?.kind ?? 'unknown';
    runs.add({ kind, outcome: outcome.type });
    return outcome;
  }

  async #run(): Promise<RunOutcome> {
    const { job } = this;
    const definition = this.#environment.catalogue.find(job.kind);
    if (definition === undefined) return { type: 'RELEASE' };
    let payload: object;
    try {
      payload = definition.parse(job.payload);
    } catch (error) {
      return { type: 'DEAD', error: describe(new InvalidPayloadError(job.kind, error)) };
    }
    const timer = setTimeout(() => this.abort(new JobTimeoutError(job.kind, definition.timeoutMs)), definition.timeoutMs);
    try {
      await this.#untilAbandoned(this.#call(definition, payload));
      return this.#controller.signal.reason instanceof LeaseLostError ? { type: 'LOST' } : { type: 'DONE' };
    } catch (error) {
      return this.#failed(definition, error);
    } finally {
      clearTimeout(timer);
    }
  }

  async #call(definition: AnyJobDefinition, payload: object): Promise<void> {
    const { job } = this;
    await runWithContext({ requestId: job.id }, async () => {
      currentContext()?.setPrincipal({
        userId: null,
        orgId: job.orgId,
        actorType: job.orgId === null ? 'SYSTEM' : 'WORKER',
        actorId: null,
        role: null,
        scopes: [],
      });
      const { database, logger, handlerOf, draining } = this.#environment;
      const fields = { jobId: job.id, kind: job.kind, attempt: job.attempt, orgId: job.orgId };
      const work = { payload, job: leaseOf(job), signal: this.#controller.signal, draining, logger: logger.child(fields) };
      const tenant = (orgId: string): TenantConnection => database.tenant(orgId, { actorType: 'WORKER', requestId: job.id });
      const given = job.orgId === null ? { ...work, unrestricted: database.unrestricted, tenant } : { ...work, db: database.current };
      const facts = () => ({ kind: SpanKind.CONSUMER, attributes: { 'plinth.job.id': job.id, 'plinth.job.attempt': job.attempt } });
      await inSpan(`job ${definition.kind}`, facts, () => handlerOf(definition.kind).handle(given));
    });
  }

  /** Follows `work`, but no longer than the grace after an abort. */
  async #untilAbandoned(work: Promise<void>): Promise<void> {
    const { signal } = this.#controller;
    let timer: NodeJS.Timeout | undefined;
    let follow: (() => void) | undefined;
    const abandoned = new Promise<never>((_, reject) => {
      follow = () => {
        timer = setTimeout(() => {
          this.#environment.logger.error({ jobId: this.job.id, kind: this.job.kind }, 'a handler ignores its aborted signal and is left to itself');
          reject(signal.reason as Error);
        }, this.#environment.abortGraceMs);
      };
      signal.addEventListener('abort', follow, { once: true });
    });
    try {
      await Promise.race([work, abandoned]);
    } finally {
      clearTimeout(timer);
      if (follow !== undefined) signal.removeEventListener('abort', follow);
    }
  }

  #failed(definition: AnyJobDefinition, error: unknown): RunOutcome {
    const { job } = this;
    const { signal } = this.#controller;
    if (signal.reason instanceof LeaseLostError || error instanceof LeaseLostError) return { type: 'LOST' };
    if (signal.reason instanceof WorkerDrainingError || error instanceof WorkerDrainingError) return { type: 'RELEASE' };
    const cause = signal.reason instanceof JobTimeoutError ? signal.reason : error;
    if (cause instanceof UnrecoverableJobError) return { type: 'DEAD', error: describe(cause) };
    return { type: 'RETRY', delayMs: retryDelayMs(definition.backoff, job.attempt), error: describe(cause) };
  }
}

function leaseOf(job: ClaimedJob): Lease {
  const { id, kind, attempt, fence, createdAt } = job;
  return { id, kind, attempt, fence, createdAt, assertHeld: (tx) => assertLeaseHeld(tx, id, fence) };
}

/** The error as `last_error` keeps it: class and message, no stack, no NUL. */
function describe(error: unknown): string {
  const name = error instanceof Error ? error.name : 'Error';
  return `${name}: ${messageOf(error)}`.replaceAll('\0', '').slice(0, MAX_ERROR_LENGTH);
}
