import type { ClaimedJob, EndedJob } from './claimed-job.js';

/** What a worker asks of one claim. */
export interface ClaimRequest {
  readonly worker: string;
  readonly limit: number;
  readonly leaseMs: number;
  /** How many jobs of one organization this worker may hold. */
  readonly share: number;
  /** How many it holds already, by organization. */
  readonly held: ReadonlyMap<string, number>;
}

export interface ClaimResult {
  readonly jobs: readonly ClaimedJob[];
  /** Whether due jobs were seen that this claim did not take. */
  readonly more: boolean;
  /** When the next job comes due, in milliseconds; null: none is waiting for its time. */
  readonly dueInMs: number | null;
  /** How many jobs of vanished workers were put back. */
  readonly reclaimed: number;
}

/** Hold keys of what `settle` was given. What is in neither set was held no more; nothing changed for it. */
export interface SettleResult {
  /** Written. */
  readonly settled: ReadonlySet<string>;
  /** Still held, but somebody has locked the row: to be settled again. */
  readonly busy: ReadonlySet<string>;
}

/** One table of jobs as a worker uses it. Every method is safe to repeat. */
export interface JobStore {
  /** Takes due jobs, fairly between organizations and within the limits of kinds. */
  claim(request: ClaimRequest): Promise<ClaimResult>;
  /** Ends runs, without waiting for a locked row. */
  settle(ended: readonly EndedJob[]): Promise<SettleResult>;
  /** Renews leases in one statement; answers the hold keys of the jobs still held. */
  renew(jobs: readonly ClaimedJob[], leaseMs: number): Promise<ReadonlySet<string>>;
}
