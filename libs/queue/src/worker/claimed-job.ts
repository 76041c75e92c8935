/** A job this worker holds. */
export interface ClaimedJob {
  /** null: a job of the system. */
  readonly orgId: string | null;
  readonly id: string;
  readonly kind: string;
  /** As stored; the definition's `parse` has not seen it. */
  readonly payload: unknown;
  /** 1 for the first run. */
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly fence: number;
  readonly createdAt: Date;
  /** When the lease began, by this process' `performance.now()`. */
  readonly leasedAt: number;
}

/** How a run ended, for the row. RETRY becomes DEAD where no attempt is left. */
export type Outcome =
  | { readonly type: 'DONE' }
  | { readonly type: 'RETRY'; readonly delayMs: number; readonly error: string }
  | { readonly type: 'DEAD'; readonly error: string }
  | { readonly type: 'RELEASE' };

export interface EndedJob {
  readonly job: ClaimedJob;
  readonly outcome: Outcome;
}

/** What tells one hold on a job from another hold on the same job. */
export function holdKey(job: Pick<ClaimedJob, 'id' | 'fence'>): string {
  return `${job.id}/${job.fence}`;
}

const SYSTEM = 'system';

/** Whose share a job counts against. */
export function ownerOf(job: ClaimedJob): string {
  return job.orgId ?? SYSTEM;
}
