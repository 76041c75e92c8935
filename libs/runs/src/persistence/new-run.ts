import type { Tx } from '#database';
import { storableJson, storableText } from '../storable.js';
import type { AgentSnapshot, RunLimits } from '../runs.types.js';

/** A run that is about to be. */
export interface NewRun {
  readonly id: string;
  readonly agent: AgentSnapshot;
  readonly prompt: string;
  readonly limits: RunLimits;
  readonly sessionId: string | null;
  readonly createdBy: string | null;
  readonly parentRunId: string | null;
  /** The task that makes it; left out: none does. */
  readonly taskId?: string;
  readonly callStack: readonly string[];
}

const INSERT = `
with made as (
  insert into app.run (org_id, id, agent_name, session_id, parent_run_id, task_id, call_stack, initial_prompt, agent, limits, created_by, event_count)
  select :orgId, :id::uuid, :agentName::text, :sessionId::text, :parentRunId::uuid, :taskId::uuid, :callStack::text[], :prompt::text, :agent::jsonb, :limits::jsonb, :createdBy::uuid, 1
  where :most::int is null
     or (select count(*) from app.run where org_id = :orgId and status = any (array['QUEUED', 'RUNNING']::text[])) < :most::int
  returning id
), told as (
  insert into app.run_event (org_id, run_id, number, type, data) select :orgId, id, 1, 'RUN_STATUS', '{"status": "QUEUED"}' from made
)
select id from made`;

/**
 * Inserts a run with its first event, in one statement. With `most`, only while fewer runs than that are queued or running: hold
 * `lockRunCount` in the same transaction, so that nobody else counts meanwhile.
 * @returns false where there are as many as may be
 */
export async function insertRun(tx: Tx, run: NewRun, most: number | null): Promise<boolean> {
  const rows = await tx.query(INSERT, {
    id: run.id,
    agentName: run.agent.name,
    sessionId: run.sessionId,
    parentRunId: run.parentRunId,
    taskId: run.taskId ?? null,
    callStack: run.callStack,
    prompt: storableText(run.prompt),
    agent: storableJson(run.agent),
    limits: storableJson(run.limits),
    createdBy: run.createdBy,
    most,
  });
  return rows.length === 1;
}

/** Makes others that would count the organization's runs wait until `tx` ends. Foreign keys to the organization do not wait. */
export async function lockRunCount(tx: Tx): Promise<void> {
  await tx.query('select id from app.organization where id = :orgId for no key update');
}
