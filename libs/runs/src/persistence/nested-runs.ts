import type { Db, RunStatus, Tx } from '#database';
import { enqueue } from '#queue';
import type { JsonObject } from '../json.js';
import { runAdvance } from '../run-advance.job-definition.js';
import { nextTurnOf, turnOf } from './fence.js';
import type { HeldRun } from './take-over.js';

/** A run that another one called, as far as that one needs to know it. */
export interface NestedRun {
  readonly status: RunStatus;
  readonly output: JsonObject | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  /** What it used, with the runs that it called. */
  readonly tokens: number;
  readonly costMicros: number;
  /** Milliseconds that it waited for people, with the runs that it called. */
  readonly waitedMs: number;
}

const FIND = `
select r.status, r.output, r.error_code, r.error_message,
  r.total_tokens + coalesce(sum((s.metadata #>> '{nested,tokens}')::bigint), 0) as tokens,
  r.cost_micros + coalesce(sum((s.metadata #>> '{nested,costMicros}')::bigint), 0) as cost_micros,
  coalesce(sum(case when s.type = 'INPUT' then extract(epoch from s.completed_at - s.started_at) * 1000
    else (s.metadata #>> '{nested,waitedMs}')::numeric end), 0) as waited_ms
from app.run r left join app.step s on s.org_id = r.org_id and s.run_id = r.id and s.type = any (array['AGENT', 'INPUT']::text[])
where r.org_id = :orgId and r.id = :runId::uuid group by r.org_id, r.id`;

interface NestedRow {
  status: RunStatus;
  output: JsonObject | null;
  error_code: string | null;
  error_message: string | null;
  tokens: string;
  cost_micros: string;
  waited_ms: string;
}

/** The nested run with this id, or undefined. */
export async function findNestedRun(db: Db, runId: string): Promise<NestedRun | undefined> {
  const [row] = await db.query<NestedRow>(FIND, { runId });
  if (row === undefined) return undefined;
  return {
    status: row.status,
    output: row.output,
    errorCode: row.error_code,
    errorMessage: row.error_message,
    tokens: Number(row.tokens),
    costMicros: Number(row.cost_micros),
    waitedMs: Math.round(Number(row.waited_ms)),
  };
}

const NAME_CHILD = `
with held as (
  select id from app.run where org_id = :orgId and id = :runId::uuid and fence = :fence::bigint and status = 'RUNNING' for no key update
)
update app.step s set input = s.input || jsonb_build_object('runId', :childId::text) from held
where s.org_id = :orgId and s.id = :stepId::uuid and s.run_id = held.id and s.status = 'RUNNING' returning s.id`;

/** Writes on the step which run it has called. @returns false where the run is no longer this worker's */
export async function nameNestedRun(tx: Tx, run: HeldRun, stepId: string, childId: string): Promise<boolean> {
  return (await tx.query(NAME_CHILD, { runId: run.id, fence: run.fence, stepId, childId })).length === 1;
}

/** Locks the run that called one which is about to end in `tx`, before that one: cancelling locks them in this order too. */
export async function lockParent(tx: Tx, parentRunId: string): Promise<void> {
  await tx.query('select id from app.run where org_id = :orgId and id = :parentRunId::uuid for no key update', { parentRunId });
}

/** Queues the run that called one which ends in `tx`, and that {@link lockParent} has locked: its next turn begins, and finds the result. */
export async function wakeParent(tx: Tx, parentRunId: string): Promise<void> {
  const [parent] = await tx.query<{ fence: string }>(
    `update app.run set fence = ${nextTurnOf('fence')}
      where org_id = :orgId and id = :parentRunId::uuid and status = any (array['QUEUED', 'RUNNING']::text[]) returning fence`,
    { parentRunId },
  );
  if (parent !== undefined) await enqueue(tx, runAdvance, { runId: parentRunId, turn: turnOf(parent.fence) });
}
