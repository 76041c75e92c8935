import type { Client } from 'pg';
import { BlockerWatch } from '../../migrations/runner/blockers.js';
import type { RepairStep } from '../plan/repair-step.js';
import type { RunPlanOptions } from './run-plan.js';

const EVERY_MS = 2_000;

/** Says for whom a concurrent build waits, until it is stopped; undefined where nobody wants to know. */
export async function watchBlockers(client: Client, step: RepairStep, { watchOn, onProgress }: RunPlanOptions): Promise<BlockerWatch | undefined> {
  if (watchOn === undefined || onProgress === undefined) return undefined;
  const { rows } = await client.query<{ pid: number }>('select pg_catalog.pg_backend_pid() as pid');
  const watch = new BlockerWatch(watchOn, rows[0]?.pid ?? 0, EVERY_MS, (text) => onProgress(`step ${step.number} waits, and nobody behind it: ${text}`));
  watch.start();
  return watch;
}
