import { InputRequest, type Db, type Tx } from '#database';
import type { JsonObject } from '../json.js';
import { storableJson } from '../storable.js';
import { nextTurnOf } from './fence.js';

/** A question as it stands in the table, with the state of the run that asked. */
export interface StoredQuestion {
  readonly id: string;
  readonly runId: string;
  readonly stepId: string | null;
  readonly agentName: string;
  readonly prompt: string;
  readonly schema: JsonObject | null;
  readonly response: unknown;
  readonly respondedBy: string | null;
  readonly requestedAt: Date;
  readonly respondedAt: Date | null;
  /** True: the run waits for it. */
  readonly isOpen: boolean;
}

const QUESTION = `
select q.id, q.run_id as "runId", q.step_id as "stepId", r.agent_name as "agentName", q.prompt, q.schema, q.response, q.responded_by as "respondedBy",
  q.requested_at as "requestedAt", q.responded_at as "respondedAt", q.responded_at is null and r.status = 'WAITING_INPUT' as "isOpen"
from app.input_request q join app.run r on r.org_id = :orgId and r.id = q.run_id
where q.org_id = :orgId`;

/** The question with this id, or undefined. */
export async function findQuestion(db: Db, id: string): Promise<StoredQuestion | undefined> {
  const [row] = await db.query<StoredQuestion>(`${QUESTION} and q.id = :id::uuid`, { id });
  return row;
}

/** Which questions a page shows. */
export interface QuestionsPage {
  readonly runId?: string;
  /** True: only those that a run waits for. */
  readonly isOpen?: boolean;
  readonly limit?: number;
  readonly cursor?: string;
}

/** One page of questions, the oldest first: those that have waited longest stand first. */
export async function pageOfQuestions(
  db: Db,
  { runId, isOpen, limit, cursor }: QuestionsPage,
): Promise<{ items: StoredQuestion[]; nextCursor: string | null }> {
  const page = await db.repository(InputRequest).paginate({
    where: { ...(runId === undefined ? {} : { runId }), ...(isOpen === true ? { respondedAt: { isNull: true } } : {}) },
    order: { requestedAt: 'asc', id: 'asc' },
    limit: limit ?? 50,
    cursor,
  });
  const ids = page.items.map(({ id }) => id);
  const rows = ids.length === 0 ? [] : await db.query<StoredQuestion>(`${QUESTION} and q.id = any (:ids::uuid[]) order by q.requested_at, q.id`, { ids });
  return { items: isOpen === true ? rows.filter((row) => row.isOpen) : rows, nextCursor: page.nextCursor };
}

/** The question, the step and the run, all or none: whoever comes second finds no open question, or no run that waits. */
const ANSWER = `
with answered as (
  update app.input_request set response = :response::jsonb, responded_by = :respondedBy::uuid, responded_at = clock_timestamp()
  where org_id = :orgId and id = :id::uuid and responded_at is null
  returning id, run_id, step_id
), queued as (
  update app.run r set status = 'QUEUED', fence = ${nextTurnOf('r.fence')}, event_count = r.event_count + 3
  from answered a where r.org_id = :orgId and r.id = a.run_id and r.status = 'WAITING_INPUT'
  returning r.id, r.fence, r.event_count, a.step_id
), ended as (
  update app.step s set status = 'COMPLETED', output = jsonb_build_object('result', :response::jsonb), completed_at = clock_timestamp()
  from queued q where s.org_id = :orgId and s.id = q.step_id
  returning s.id, s.sequence_number
), told as (
  insert into app.run_event (org_id, run_id, number, type, data)
  select :orgId, q.id, q.event_count - 2, 'INPUT_ANSWERED', jsonb_build_object('inputRequestId', :id::text) from queued q
  union all
  select :orgId, q.id, q.event_count - 1, 'STEP_ENDED', jsonb_build_object('stepId', e.id, 'sequenceNumber', e.sequence_number, 'type', 'INPUT',
    'status', 'COMPLETED', 'inputTokens', 0, 'outputTokens', 0, 'costMicros', 0) from queued q, ended e
  union all
  select :orgId, q.id, q.event_count, 'RUN_STATUS', '{"status": "QUEUED"}'::jsonb from queued q
)
select id as "runId", fence from queued`;

/** Writes an answer and begins the run's next turn. @returns the run and its fence, or undefined where nobody waits for the answer (roll back then) */
export async function writeAnswer(tx: Tx, id: string, response: unknown, respondedBy: string | null): Promise<{ runId: string; fence: string } | undefined> {
  const [row] = await tx.query<{ runId: string; fence: string }>(ANSWER, { id, response: storableJson(response), respondedBy });
  return row;
}
