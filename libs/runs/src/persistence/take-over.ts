import { newId, type Db, type StepStatus, type StepType } from '#database';
import type { JsonObject } from '../json.js';
import type { AgentSnapshot, RunLimits } from '../runs.types.js';
import { TAKEOVERS_IN_A_TURN } from './fence.js';

/** A run as the worker that has it knows it. */
export interface HeldRun {
  readonly id: string;
  readonly orgId: string;
  /** What every write of this worker must find on the row. */
  readonly fence: string;
  readonly agent: AgentSnapshot;
  readonly limits: RunLimits;
  readonly prompt: string;
  readonly sessionId: string | null;
  readonly createdBy: string | null;
  readonly parentRunId: string | null;
  /** The task that made it, if one did. */
  readonly taskId: string | null;
  readonly callStack: readonly string[];
  /** Milliseconds since its first step when it was taken over. */
  readonly ageMs: number;
  readonly stepCount: number;
  readonly eventCount: number;
  readonly totalTokens: number;
  readonly costMicros: number;
}

/** A step as the engine knows it. */
export interface HeldStep {
  readonly id: string;
  readonly sequenceNumber: number;
  readonly type: StepType;
  readonly status: StepStatus;
  readonly input: JsonObject | null;
  readonly output: JsonObject | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly metadata: JsonObject;
  /** True: a call that costs or changes something was begun. */
  readonly called: boolean;
  /** How long it took, in milliseconds; 0 while it runs. */
  readonly durationMs: number;
}

/**
 * The first time, the run's first step begins in the same statement: it is always a model call. The row is locked before it is looked
 * at, so that what the worker before wrote last is seen.
 */
const TAKE_OVER = `
with seen as (
  select id, status, fence from app.run where org_id = :orgId and id = :runId::uuid for no key update
), held as (
  update app.run r set
    status = 'RUNNING',
    fence = greatest(r.fence, :turn::bigint * ${TAKEOVERS_IN_A_TURN}) + 1,
    started_at = coalesce(r.started_at, clock_timestamp()),
    step_count = r.step_count + (seen.fence = 0)::int,
    event_count = r.event_count + (seen.status = 'QUEUED')::int + (seen.fence = 0)::int
  from seen
  where r.org_id = :orgId and r.id = seen.id and seen.status = any (array['QUEUED', 'RUNNING']::text[])
    and seen.fence < (:turn::bigint + 1) * ${TAKEOVERS_IN_A_TURN}
  returning r.*, seen.status = 'QUEUED' as was_queued, seen.fence = 0 as is_fresh
), begun as (
  insert into app.step (org_id, id, run_id, sequence_number, type, status, started_at, called_at)
  select :orgId, :stepId::uuid, id, 1, 'MODEL', 'RUNNING', clock_timestamp(), clock_timestamp() from held where is_fresh
), told as (
  insert into app.run_event (org_id, run_id, number, type, data)
  select :orgId, id, event_count - is_fresh::int, 'RUN_STATUS', '{"status": "RUNNING"}'::jsonb from held where was_queued
  union all
  select :orgId, id, event_count, 'STEP_STARTED', jsonb_build_object('stepId', :stepId::text, 'sequenceNumber', 1, 'type', 'MODEL') from held where is_fresh
)
select id, org_id, fence, agent, limits, initial_prompt, session_id, created_by, parent_run_id, task_id, call_stack, step_count, event_count, total_tokens, cost_micros, is_fresh,
  extract(epoch from clock_timestamp() - started_at) * 1000 as age_ms
from held`;

interface HeldRow {
  id: string;
  org_id: string;
  fence: string;
  agent: AgentSnapshot;
  limits: RunLimits;
  initial_prompt: string | null;
  session_id: string | null;
  created_by: string | null;
  parent_run_id: string | null;
  task_id: string | null;
  call_stack: string[];
  step_count: number;
  event_count: number;
  total_tokens: string;
  cost_micros: string;
  is_fresh: boolean;
  age_ms: string;
}

/** A run just taken over. */
export interface Taken {
  readonly run: HeldRun;
  /** What the run has done so far, in order. */
  readonly steps: readonly HeldStep[];
  /** True: the last step was begun by this take-over, and nobody called anything for it yet. */
  readonly isFresh: boolean;
}

/**
 * Takes a queued or running run over: whoever had it before cannot write any more.
 * @returns undefined where there is nothing to take: it waits, has ended, is gone, or is in a later turn
 */
export async function takeOver(db: Db, runId: string, turn: number): Promise<Taken | undefined> {
  const stepId = newId();
  const [row] = await db.query<HeldRow>(TAKE_OVER, { runId, turn, stepId });
  if (row === undefined) return undefined;
  const run = heldRun(row);
  // Only now, in a statement of its own: one that began before the lock was got would not see what was written meanwhile.
  return row.is_fresh ? { run, steps: [freshStep(stepId)], isFresh: true } : { run, steps: await stepsOf(db, runId), isFresh: false };
}

function heldRun(row: HeldRow): HeldRun {
  return {
    id: row.id,
    orgId: row.org_id,
    fence: row.fence,
    agent: row.agent,
    limits: row.limits,
    prompt: row.initial_prompt ?? '',
    sessionId: row.session_id,
    createdBy: row.created_by,
    parentRunId: row.parent_run_id,
    taskId: row.task_id,
    callStack: row.call_stack,
    ageMs: Number(row.age_ms),
    stepCount: row.step_count,
    eventCount: row.event_count,
    totalTokens: Number(row.total_tokens),
    costMicros: Number(row.cost_micros),
  };
}

function freshStep(id: string): HeldStep {
  return { ...EMPTY_STEP, id, sequenceNumber: 1, type: 'MODEL', called: true };
}

/** A step that runs and has nothing to show yet. */
export const EMPTY_STEP = {
  status: 'RUNNING',
  input: null,
  output: null,
  errorCode: null,
  errorMessage: null,
  metadata: {},
  called: false,
  durationMs: 0,
} as const satisfies Partial<HeldStep>;

const STEPS = `
select id, sequence_number, type, status, input, output, error_code, error_message, metadata, called_at is not null as called,
  coalesce(extract(epoch from completed_at - started_at) * 1000, 0) as duration_ms
from app.step where org_id = :orgId and run_id = :runId::uuid order by sequence_number`;

interface StepRow {
  id: string;
  sequence_number: number;
  type: StepType;
  status: StepStatus;
  input: JsonObject | null;
  output: JsonObject | null;
  error_code: string | null;
  error_message: string | null;
  metadata: JsonObject;
  called: boolean;
  duration_ms: string;
}

async function stepsOf(db: Db, runId: string): Promise<HeldStep[]> {
  const rows = await db.query<StepRow>(STEPS, { runId });
  return rows.map(({ sequence_number, error_code, error_message, duration_ms, ...step }) => ({
    ...step,
    sequenceNumber: sequence_number,
    errorCode: error_code,
    errorMessage: error_message,
    durationMs: Number(duration_ms),
  }));
}
