import type { Backoff } from '../catalogue/define-job.js';

/** How long to wait before the attempt after `attempt`, in whole milliseconds: exponential, with full jitter. */
export function retryDelayMs(backoff: Backoff, attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(backoff.maxMs, backoff.baseMs * 2 ** Math.min(attempt - 1, 50));
  return Math.round(random() * ceiling);
}

/** How long to leave PostgreSQL alone after `failures` in a row: 100 ms doubling up to 5 s, from half of it up. */
export function reconnectDelayMs(failures: number, random: () => number = Math.random): number {
  const ceiling = Math.min(5_000, 100 * 2 ** Math.min(failures - 1, 10));
  return Math.round(ceiling * (0.5 + random() / 2));
}
