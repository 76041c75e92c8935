import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import { sqlStateOf } from '../../errors.js';
import type { RepairStep } from '../plan/repair-step.js';
import { batchesOf, type Batch } from './batches.js';
import { cleanUpAfter, dropInvalidIndex } from './leftovers.js';
import type { RunResult, StepFailure } from './step-failure.js';

export interface RunPlanOptions {
  /** How long one try waits for a lock, in ms. */
  readonly lockTimeoutMs: number;
  /** How often a transaction that met a lock is tried. */
  readonly attempts: number;
  /** Who runs the administrator's steps; without one they are not in the plan. */
  readonly administrator?: Client;
  readonly onProgress?: (text: string) => void;
  /** Called around each statement, inside its transaction: the rehearsal measures there. */
  readonly beforeStatement?: (step: RepairStep, client: Client) => Promise<void>;
  readonly afterStatement?: (step: RepairStep, client: Client) => Promise<void>;
  /** Called at the start of each transaction: what it throws ends the transaction before anything changed. */
  readonly beforeBatch?: (steps: readonly RepairStep[], client: Client) => Promise<void>;
}

/** lock_not_available, deadlock_detected, serialization_failure */
const TRY_AGAIN = new Set(['55P03', '40P01', '40001']);
const LONGEST_PAUSE_MS = 2_000;

/**
 * Runs the steps in their order, each transaction by itself and again where it met a lock: one that waits for long would hold up
 * everybody behind it. Where a transaction is refused, what builds on it is skipped and the rest goes on; nothing half made is left.
 */
export async function runPlan(owner: Client, steps: readonly RepairStep[], options: RunPlanOptions): Promise<RunResult> {
  const done: RepairStep[] = [];
  const failed: StepFailure[] = [];
  const skipped: RepairStep[] = [];
  const broken = new Set<string>();
  for (const batch of batchesOf(steps)) {
    if (batch.steps.some(({ about }) => about.some((key) => broken.has(key)))) {
      skipped.push(...batch.steps);
      continue;
    }
    const client = batch.steps[0].administrator ? (options.administrator ?? owner) : owner;
    const failure = await runBatch(client, batch, options);
    if (failure === undefined) {
      done.push(...batch.steps);
      continue;
    }
    failed.push(failure);
    for (const { about } of batch.steps) for (const key of about) broken.add(key);
    await cleanUpAfter(client, failure.step);
  }
  return { done, failed, skipped };
}

async function runBatch(client: Client, batch: Batch, options: RunPlanOptions): Promise<StepFailure | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const failure = await tryBatch(client, batch, options);
    if (failure === undefined || attempt >= options.attempts || !TRY_AGAIN.has(failure.sqlState ?? '')) return failure;
    options.onProgress?.(`step ${failure.step.number} waits for a lock (try ${attempt} of ${options.attempts}): ${failure.step.sql.split('\n', 1)[0] ?? ''}`);
    await pause(Math.min(100 * 2 ** attempt, LONGEST_PAUSE_MS) * (0.5 + Math.random() / 2));
  }
}

async function tryBatch(client: Client, batch: Batch, options: RunPlanOptions): Promise<StepFailure | undefined> {
  let current = batch.steps[0];
  try {
    if (batch.transactional) await client.query('begin');
    await client.query(`set ${batch.transactional ? 'local ' : ''}lock_timeout = ${options.lockTimeoutMs}`);
    if (batch.transactional) await client.query('set local check_function_bodies = off');
    await options.beforeBatch?.(batch.steps, client);
    for (const step of batch.steps) {
      current = step;
      if (!batch.transactional) await dropInvalidIndex(client, step);
      await options.beforeStatement?.(step, client);
      await client.query(step.sql);
      await options.afterStatement?.(step, client);
    }
    if (batch.transactional) await client.query('commit');
    return undefined;
  } catch (error) {
    await client.query('rollback');
    return { step: current, sqlState: stateOf(error), reason: reasonOf(error) };
  }
}

/** PostgreSQL's own code, also where an error of ours tells of it. */
function stateOf(error: unknown): string | undefined {
  return sqlStateOf(error) ?? (error instanceof Error ? sqlStateOf(error.cause) : undefined);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const detail = 'detail' in error && typeof error.detail === 'string' ? ` ${error.detail}` : '';
  return `${error.message}.${detail}`;
}
