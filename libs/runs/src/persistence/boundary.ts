import type { Db, RunEventType, RunStatus, StepType } from '#database';
import type { JsonObject, JsonValue } from '../json.js';
import type { RunFailureCode } from '../runs.types.js';
import { storableJson, storableText } from '../storable.js';
import type { HeldRun, HeldStep } from './take-over.js';

/** How a step ended. */
export interface StepEnd {
  readonly status: 'COMPLETED' | 'FAILED';
  readonly output: JsonObject | null;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly metadata?: JsonObject;
  readonly model?: string;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly costMicros?: number;
  /** Workflow data that the step leaves: written with its end, so that it is there exactly once. */
  readonly data?: NewData;
}

/** Workflow data that is about to be. */
export interface NewData {
  readonly uid: string;
  readonly key: string;
  readonly value: JsonValue;
  readonly dataType: string | null;
  readonly tags: readonly string[];
}

/** A step that begins. */
export interface StepBegin {
  readonly id: string;
  readonly type: StepType;
  readonly input: JsonObject | null;
  /** True: it calls something that costs or changes something. */
  readonly called: boolean;
}

/** How a run ends, or that it waits for a person. */
export type RunMove =
  | { readonly status: 'COMPLETED'; readonly text: string }
  | { readonly status: 'FAILED'; readonly errorCode: RunFailureCode; readonly errorMessage: string }
  | { readonly status: 'WAITING_INPUT'; readonly question: NewQuestion };

/** A question that is about to be asked, for the step that runs. */
export interface NewQuestion {
  readonly id: string;
  readonly stepId: string;
  readonly prompt: string;
  readonly schema: JsonObject | null;
}

/** What is written between two steps, or at the end: at most one step ends, at most one begins, and the run may move. */
export interface Boundary {
  readonly ended?: { readonly step: HeldStep; readonly end: StepEnd };
  readonly begin?: StepBegin;
  readonly move?: RunMove;
}

/** What the run has after a boundary. */
export interface RunCounts {
  readonly stepCount: number;
  readonly eventCount: number;
  readonly totalTokens: number;
  readonly costMicros: number;
}

/**
 * One statement for every boundary. Everything hangs on the run's row: another fence, or a run that somebody ended, and nothing is
 * written. The numbers come from that row too, under its lock, which is why they have no gaps.
 */
const WRITE = `
with held as (
  update app.run set
    status = :status::text,
    step_count = step_count + (:beginId::uuid is not null)::int,
    event_count = event_count + jsonb_array_length(:events::jsonb),
    total_tokens = total_tokens + :inputTokens::bigint + :outputTokens::bigint,
    cost_micros = cost_micros + :costMicros::bigint,
    output = :runOutput::jsonb, error_code = :runErrorCode::text, error_message = :runErrorMessage::text,
    completed_at = case when :status::text = any (array['COMPLETED', 'FAILED']::text[]) then clock_timestamp() end
  where org_id = :orgId and id = :runId::uuid and fence = :fence::bigint and status = 'RUNNING'
    and (:eventsBefore::int is null or event_count = :eventsBefore::int)
  returning id, agent_name, step_count, event_count, total_tokens, cost_micros
), ended as (
  update app.step s set
    status = :endStatus::text, output = :output::jsonb, error_code = :errorCode::text, error_message = :errorMessage::text,
    metadata = s.metadata || :metadata::jsonb, model = :model::text, completed_at = clock_timestamp(),
    input_tokens = :inputTokens::bigint, output_tokens = :outputTokens::bigint, cost_micros = :costMicros::bigint
  from held where s.org_id = :orgId and s.id = :endId::uuid and s.run_id = held.id
), begun as (
  insert into app.step (org_id, id, run_id, sequence_number, type, input, status, started_at, called_at)
  select :orgId, :beginId::uuid, id, step_count, :beginType::text, :beginInput::jsonb, 'RUNNING', clock_timestamp(),
    case when :called::bool then clock_timestamp() end
  from held where :beginId::uuid is not null
), told as (
  insert into app.run_event (org_id, run_id, number, type, data)
  select :orgId, held.id, held.event_count - jsonb_array_length(:events::jsonb) + e.place::int, e.event ->> 'type', e.event -> 'data'
  from held, jsonb_array_elements(:events::jsonb) with ordinality as e (event, place)
)`;
const KEPT = `, kept as (
  insert into app.workflow_data (org_id, uid, run_id, step_id, key, value, data_type, tags, created_by_agent)
  select :orgId, :dataUid::uuid, id, :endId::uuid, :dataKey::text, :dataValue::jsonb, :dataType::text, :dataTags::text[], agent_name from held
)`;
const ASKED = `, asked as (
  insert into app.input_request (org_id, id, run_id, step_id, request_type, prompt, schema)
  select :orgId, :questionId::uuid, id, :questionStepId::uuid, 'ANSWER', :question::text, :schema::jsonb from held
)`;
const COUNTS = ' select step_count, event_count, total_tokens, cost_micros from held';

interface CountsRow {
  step_count: number;
  event_count: number;
  total_tokens: string;
  cost_micros: string;
}

/**
 * Writes a boundary in one statement.
 * @param isAgain true: it was tried before, and may have been written; every boundary adds events, so that their number tells
 * @returns undefined where the run is no longer this worker's, or has the boundary already, and nothing was written
 */
export async function writeBoundary(db: Db, run: HeldRun, boundary: Boundary, isAgain = false): Promise<RunCounts | undefined> {
  const { ended, begin, move } = boundary;
  const data = ended?.end.data;
  const question = move?.status === 'WAITING_INPUT' ? move.question : undefined;
  const [row] = await db.query<CountsRow>(`${WRITE}${data === undefined ? '' : KEPT}${question === undefined ? '' : ASKED}${COUNTS}`, {
    runId: run.id,
    fence: run.fence,
    eventsBefore: isAgain ? run.eventCount : null,
    events: storableJson(eventsOf(boundary, run.stepCount)),
    ...runValues(move),
    ...endValues(ended),
    beginId: begin?.id ?? null,
    beginType: begin?.type ?? null,
    beginInput: jsonOrNull(begin?.input),
    called: begin?.called ?? false,
    ...(data === undefined ? {} : dataValues(data)),
    ...(question === undefined ? {} : questionValues(question)),
  });
  if (row === undefined) return undefined;
  return { stepCount: row.step_count, eventCount: row.event_count, totalTokens: Number(row.total_tokens), costMicros: Number(row.cost_micros) };
}

function runValues(move: RunMove | undefined) {
  const failed = move?.status === 'FAILED' ? move : undefined;
  return {
    status: (move?.status ?? 'RUNNING') satisfies RunStatus,
    runOutput: move?.status === 'COMPLETED' ? storableJson({ text: move.text }) : null,
    runErrorCode: failed?.errorCode ?? null,
    runErrorMessage: failed === undefined ? null : storableText(failed.errorMessage),
  };
}

function endValues(ended: Boundary['ended']) {
  const end = ended?.end;
  return {
    endId: ended?.step.id ?? null,
    endStatus: end?.status ?? null,
    output: jsonOrNull(end?.output),
    errorCode: end?.errorCode ?? null,
    errorMessage: end?.errorMessage === undefined ? null : storableText(end.errorMessage),
    metadata: storableJson(end?.metadata ?? {}),
    model: end?.model === undefined ? null : storableText(end.model).slice(0, 255),
    inputTokens: end?.inputTokens ?? 0,
    outputTokens: end?.outputTokens ?? 0,
    costMicros: end?.costMicros ?? 0,
  };
}

function dataValues(data: NewData) {
  return {
    dataUid: data.uid,
    dataKey: storableText(data.key),
    dataValue: storableJson(data.value),
    dataType: data.dataType === null ? null : storableText(data.dataType),
    dataTags: data.tags.map(storableText),
  };
}

function questionValues(question: NewQuestion) {
  return { questionId: question.id, questionStepId: question.stepId, question: storableText(question.prompt), schema: jsonOrNull(question.schema) };
}

function jsonOrNull(value: JsonValue | undefined): string | null {
  return value === undefined || value === null ? null : storableJson(value);
}

interface EventRow {
  readonly type: RunEventType;
  readonly data: JsonObject;
}

/** What who follows the run is told of a boundary, in order. */
function eventsOf({ ended, begin, move }: Boundary, stepCount: number): EventRow[] {
  return [
    ...(ended === undefined ? [] : [{ type: 'STEP_ENDED' as const, data: endedData(ended.step, ended.end) }]),
    ...(begin === undefined ? [] : [{ type: 'STEP_STARTED' as const, data: begunData(begin, stepCount + 1) }]),
    ...(move === undefined ? [] : movedEvents(move)),
  ];
}

function endedData(step: HeldStep, end: StepEnd): JsonObject {
  return {
    stepId: step.id,
    sequenceNumber: step.sequenceNumber,
    type: step.type,
    status: end.status,
    ...(end.errorCode === undefined ? {} : { errorCode: end.errorCode }),
    inputTokens: end.inputTokens ?? 0,
    outputTokens: end.outputTokens ?? 0,
    costMicros: end.costMicros ?? 0,
  };
}

function begunData({ id, type, input }: StepBegin, sequenceNumber: number): JsonObject {
  const name = input?.['name'];
  return { stepId: id, sequenceNumber, type, ...(name === undefined ? {} : { name }) };
}

function movedEvents(move: RunMove): EventRow[] {
  switch (move.status) {
    case 'COMPLETED':
      return [{ type: 'RUN_STATUS', data: { status: move.status } }];
    case 'FAILED':
      return [{ type: 'RUN_STATUS', data: { status: move.status, errorCode: move.errorCode, errorMessage: move.errorMessage } }];
    case 'WAITING_INPUT':
      return [
        { type: 'INPUT_REQUESTED', data: { inputRequestId: move.question.id, prompt: move.question.prompt } },
        { type: 'RUN_STATUS', data: { status: move.status } },
      ];
  }
}
