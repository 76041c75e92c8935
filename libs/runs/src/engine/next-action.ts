import type { ModelToolCall } from '../models/model.js';
import type { StepBegin } from '../persistence/boundary.js';
import type { HeldStep } from '../persistence/take-over.js';
import type { RunFailureCode } from '../runs.types.js';
import { reachedLimit, type RunUse } from '../limits/limits.js';
import { BUILT_IN_TOOLS } from '../tools/built-in/built-in-tools.js';
import { inputOf } from '../steps/tool-call.js';
import { nestedUse, openStep, type Progress } from './progress.js';
import { toolCallsOf } from './conversation.js';

/** What is to be done with a run. */
export type NextAction =
  /** Carry on the step that runs. */
  | { readonly type: 'CARRY_ON'; readonly step: HeldStep }
  | { readonly type: 'BEGIN'; readonly begin: Omit<StepBegin, 'id'> }
  | { readonly type: 'COMPLETE'; readonly text: string }
  | { readonly type: 'FAIL'; readonly errorCode: RunFailureCode; readonly errorMessage: string };

/** What `nextAction` looks at beside the run. */
export interface Surroundings {
  /** Milliseconds that count towards the limit of time. */
  readonly wallMs: number;
  /** Whether a call of this tool costs or changes something. */
  readonly hasSideEffects: (tool: string) => boolean;
}

/** What comes next, from what there is: no clock, no database, no memory of its own. */
export function nextAction(progress: Progress, surroundings: Surroundings): NextAction {
  const open = openStep(progress);
  if (open !== undefined) return { type: 'CARRY_ON', step: open };
  const last = progress.steps.at(-1);
  if (last?.status === 'FAILED') return failureOf(last);
  const model = progress.steps.findLast(({ type }) => type === 'MODEL');
  const calls = model === undefined ? [] : toolCallsOf(model);
  if (model !== undefined && calls.length === 0) return { type: 'COMPLETE', text: contentOf(model) };
  const reached = reachedLimit(useOf(progress, surroundings.wallMs), progress.run.limits);
  if (reached !== undefined) return { type: 'FAIL', errorCode: reached.code, errorMessage: reached.message };
  const call = model === undefined ? undefined : calls[progress.steps.length - 1 - progress.steps.indexOf(model)];
  return { type: 'BEGIN', begin: call === undefined ? { type: 'MODEL', input: null, called: true } : stepOf(call, surroundings) };
}

/** What the run has used, its nested runs included. */
export function useOf(progress: Progress, wallMs: number): RunUse {
  const { run } = progress;
  const nested = nestedUse(progress);
  return { steps: run.stepCount, wallMs, tokens: run.totalTokens + nested.tokens, costMicros: run.costMicros + nested.costMicros };
}

function stepOf(call: ModelToolCall, { hasSideEffects }: Surroundings): Omit<StepBegin, 'id'> {
  const type = BUILT_IN_TOOLS.get(call.name)?.stepType ?? 'TOOL';
  return { type, input: inputOf(call), called: type === 'TOOL' && hasSideEffects(call.name) };
}

function failureOf({ errorCode, errorMessage, sequenceNumber }: HeldStep): NextAction {
  const known = FAILURES.find((code) => code === errorCode) ?? 'INTERNAL';
  return { type: 'FAIL', errorCode: known, errorMessage: errorMessage ?? `Step ${sequenceNumber} failed.` };
}

function contentOf({ output }: HeldStep): string {
  const content = output?.['content'];
  return typeof content === 'string' ? content : '';
}

const FAILURES: readonly RunFailureCode[] = ['MODEL_CALL_FAILED', 'CALL_OUTCOME_UNKNOWN', 'LIMIT_TIME', 'INTERNAL'];
