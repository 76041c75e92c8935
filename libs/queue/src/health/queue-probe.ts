import type { QueueProbe } from '#database';

const LAG = 'select oldest_due_seconds as "oldestDueSeconds", due, dead from app.queue_lag()';

/** Reads how far the queue is behind, for the health report of any service. Counts stop at some 10,000. */
export const queueProbe: QueueProbe = {
  async readLag(query) {
    const [lag] = await query<{ oldestDueSeconds: number; due: number; dead: number }>(LAG);
    return lag ?? { oldestDueSeconds: 0, due: 0, dead: 0 };
  },
};
