import { setTimeout as pause } from 'node:timers/promises';
import type { Client, ClientConfig } from 'pg';
import type { BlockerWatch } from '../../migrations/runner/blockers.js';
import type { RepairStep } from '../plan/repair-step.js';
import { batchesOf, type Batch } from './batches.js';
import { cleanUpAfter, dropInvalidIndex } from './leftovers.js';
import { restsOn } from './rests-on.js';
import { failureOf, reasonOf, type RunResult, type StepFailure } from './step-failure.js';
import { watchBlockers } from './watch.js';

export interface RunPlanOptions {
  /** How long one try waits for a lock, in ms. */
  readonly lockTimeoutMs: number;
  /** How often a transaction that met a lock is tried. */
  readonly attempts: number;
  /** How long a concurrent build waits for older transactions, in ms. Default ten minutes. */
  readonly concurrentWaitMs?: number;
  /** Where to ask on a connection of its own whom a concurrent build waits for; without it nobody asks. */
  readonly watchOn?: ClientConfig;
  /** Who runs the administrator's steps; without one they are not in the plan. */
  readonly administrator?: Client;
  readonly onProgress?: (text: string) => void;
  /** Called around each statement, inside its transaction: the rehearsal measures there. */
  readonly beforeStatement?: (step: RepairStep, client: Client) => Promise<void>;
  readonly afterStatement?: (step: RepairStep, client: Client) => Promise<void>;
  /** Called at the start of each transaction: what it throws ends the transaction before anything changed. */
  readonly beforeBatch?: (steps: readonly RepairStep[], client: Client) => Promise<void>;
}

const LOCK_NOT_AVAILABLE = '55P03';
/** deadlock_detected, serialization_failure */
const TRY_AGAIN = new Set([LOCK_NOT_AVAILABLE, '40P01', '40001']);
const LONGEST_PAUSE_MS = 2_000;
/**
 * What runs outside a transaction takes SHARE UPDATE EXCLUSIVE at most: no reader and no writer waits behind it, however long it waits
 * itself. Breaking it off would only throw the work away and leave an INVALID index.
 */
const CONCURRENT_WAIT_MS = 600_000;

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
    if (batch.steps.some(({ about }) => about.some((key) => [...broken].some((other) => restsOn(key, other))))) {
      skipped.push(...batch.steps);
      continue;
    }
    const client = batch.steps[0].administrator ? (options.administrator ?? owner) : owner;
    const failure = await runBatch(client, batch, options);
    if (failure === undefined) {
      done.push(...batch.steps);
      continue;
    }
    if (failure.sessionLost)
      return { done, failed: [...failed, failure], skipped: [...skipped, ...steps.filter(({ number }) => number > failure.step.number)] };
    failed.push(await cleanedUp(client, failure, options));
    for (const { about } of batch.steps) for (const key of about) broken.add(key);
  }
  return { done, failed, skipped };
}

/** What a failed step left is taken away, or named in its failure. */
async function cleanedUp(client: Client, failure: StepFailure, { lockTimeoutMs }: RunPlanOptions): Promise<StepFailure> {
  try {
    await cleanUpAfter(client, failure.step, lockTimeoutMs);
    return failure;
  } catch (error) {
    return { ...failure, reason: `${failure.reason} What it left could not be taken away, which the next repair does: ${reasonOf(error)}` };
  }
}

async function runBatch(client: Client, batch: Batch, options: RunPlanOptions): Promise<StepFailure | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const failure = await tryBatch(client, batch, options);
    if (failure === undefined || failure.sessionLost || attempt >= options.attempts || !TRY_AGAIN.has(failure.sqlState ?? '')) return failure;
    // It had all its patience.
    if (!batch.transactional && failure.sqlState === LOCK_NOT_AVAILABLE) return failure;
    options.onProgress?.(`step ${failure.step.number} waits for a lock (try ${attempt} of ${options.attempts}): ${failure.step.sql.split('\n', 1)[0] ?? ''}`);
    await pause(Math.min(100 * 2 ** attempt, LONGEST_PAUSE_MS) * (0.5 + Math.random() / 2));
  }
}

async function tryBatch(client: Client, batch: Batch, options: RunPlanOptions): Promise<StepFailure | undefined> {
  let current = batch.steps[0];
  let watch: BlockerWatch | undefined;
  try {
    await prepare(client, batch, options);
    await options.beforeBatch?.(batch.steps, client);
    if (!batch.transactional) watch = await watchBlockers(client, current, options);
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
    return failureOf(current, error, !(await rolledBack(client)));
  } finally {
    await watch?.stop();
  }
}

async function prepare(client: Client, { transactional }: Batch, options: RunPlanOptions): Promise<void> {
  if (!transactional) {
    await client.query(`set lock_timeout = ${options.concurrentWaitMs ?? CONCURRENT_WAIT_MS}`);
    return;
  }
  await client.query('begin');
  await client.query(`set local lock_timeout = ${options.lockTimeoutMs}`);
  await client.query('set local check_function_bodies = off');
}

/** False where the session is gone, and the transaction with it. */
async function rolledBack(client: Client): Promise<boolean> {
  try {
    await client.query('rollback');
    return true;
  } catch {
    // PostgreSQL never refuses a ROLLBACK: what says no here is the connection, or PostgreSQL that closes it.
    return false;
  }
}
