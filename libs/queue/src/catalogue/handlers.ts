import type { Logger, TenantConnection, UnrestrictedConnection } from '#database';
import type { Catalogue, DefinitionOf, KindOf } from './catalogue.js';
import type { AnyJobDefinition, JobDefinition, PayloadOf, SystemJobDefinition } from './define-job.js';
import type { Lease } from '../worker/lease.js';

/** What every handler is given, whatever its job's scope. */
interface Work<P> {
  readonly payload: P;
  /** Which run this is, and whether it still holds its lease. */
  readonly job: Lease;
  /** Aborted when the run's time is up, its lease is lost or the worker drains; the reason says which. */
  readonly signal: AbortSignal;
  /**
   * Aborted when the worker begins to drain, which is before `signal`: who can stop at a good place throws `WorkerDrainingError` there, and
   * the job is given to another worker at once; this attempt does not count.
   */
  readonly draining: AbortSignal;
  /** Logs with the job's id, kind, attempt and organization. */
  readonly logger: Logger;
}

/** What the handler of an organization's job is given. */
export interface JobWork<P> extends Work<P> {
  /** The organization's own connection: everything on it is scoped. */
  readonly db: TenantConnection;
}

/** What the handler of a system job is given. */
export interface SystemJobWork<P> extends Work<P> {
  readonly unrestricted: UnrestrictedConnection;
  /** The connection of one organization: work for all of them lists them once and enqueues one job each. */
  tenant(orgId: string): TenantConnection;
}

export type WorkOf<D extends AnyJobDefinition> = D extends JobDefinition
  ? JobWork<PayloadOf<D>>
  : D extends SystemJobDefinition
    ? SystemJobWork<PayloadOf<D>>
    : never;

/**
 * Runs jobs of one kind; one class a file. It must be idempotent: a job runs at least once. What it throws sends the job to
 * a later attempt, or to DEAD after the last one; `UnrecoverableJobError` sends it there at once.
 */
export interface JobHandler<D extends AnyJobDefinition> {
  handle(work: WorkOf<D>): Promise<void>;
}

/** The definition of one kind of a catalogue. */
export type DefinitionOfKind<C extends Catalogue, K extends KindOf<C>> = Extract<DefinitionOf<C>, { kind: K }>;

/** One handler for each kind of the catalogue: a kind without one does not compile. */
export type HandlersOf<C extends Catalogue> = { readonly [K in KindOf<C>]: JobHandler<DefinitionOfKind<C, K>> };
