import type { TenantConnection, UnrestrictedConnection } from '#database';
import { enqueue } from '#queue';
import { countRuns, organizationsToCount } from '../persistence/usage.js';
import { usageCount } from './usage.job-definitions.js';

/** Runs that are counted in one statement: it holds the rows of their periods only briefly. */
const BATCH = 1_000;

/**
 * Adds every run of the organization that has ended to its usage, each once, whoever else counts at the same time and wherever this is
 * cut off.
 * @returns how many runs were added here
 */
export async function countUsage(
  db: TenantConnection,
  { signal, batch = BATCH }: { readonly signal?: AbortSignal; readonly batch?: number } = {},
): Promise<number> {
  let counted = 0;
  while (signal?.aborted !== true) {
    const runs = await countRuns(db, batch);
    counted += runs;
    if (runs < batch) break;
  }
  return counted;
}

/** Where usage is looked for and its jobs are put. */
export interface UsageScan {
  readonly unrestricted: UnrestrictedConnection;
  tenant(orgId: string): TenantConnection;
  readonly signal?: AbortSignal;
}

/** Enqueues a job for each organization that has something to count; one that waits already stays alone. @returns how many these are */
export async function scanUsage(scan: UsageScan): Promise<number> {
  const orgIds = await scan.unrestricted.run({ reason: 'find runs to add to the usage of their organizations', actor: 'usage.scan' }, organizationsToCount);
  let enqueued = 0;
  for (const orgId of orgIds) {
    if (scan.signal?.aborted === true) break;
    await scan.tenant(orgId).transaction((tx) => enqueue(tx, usageCount, {}));
    enqueued += 1;
  }
  return enqueued;
}
