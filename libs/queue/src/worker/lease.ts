import type { Tx } from '#database';
import { LeaseLostError } from '../errors.js';

/** One run of one job, and its hold on it. */
export interface Lease {
  readonly id: string;
  readonly kind: string;
  /** 1 for the first run. */
  readonly attempt: number;
  /** Raised at each claim: a run with a lower fence than the row's has lost its job. */
  readonly fence: number;
  /** When the job was enqueued. */
  readonly createdAt: Date;
  /**
   * Makes what `tx` writes depend on the lease: throws if it has passed on, and until `tx` ends nobody else can take it.
   * For writes that must not happen twice. Organization jobs only.
   * @throws LeaseLostError
   */
  assertHeld(tx: Tx): Promise<void>;
}

const HOLD = `select id from app.job
where org_id = :orgId and id = :id and fence = :fence and state = 'RUNNING' for no key update`;

/** The check behind `Lease.assertHeld`. */
export async function assertLeaseHeld(tx: Tx, id: string, fence: number): Promise<void> {
  const held = await tx.query(HOLD, { id, fence });
  if (held.length === 0) throw new LeaseLostError(id, fence);
}
