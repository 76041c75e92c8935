/** What one worker did since it started. */
export interface WorkerStats {
  claimed: number;
  done: number;
  retried: number;
  dead: number;
  released: number;
  /** Runs whose lease had passed on when they ended: what they reported changed nothing. */
  lost: number;
  /** Jobs of vanished workers that this one put back. */
  reclaimed: number;
}

export function newStats(): WorkerStats {
  return { claimed: 0, done: 0, retried: 0, dead: 0, released: 0, lost: 0, reclaimed: 0 };
}
