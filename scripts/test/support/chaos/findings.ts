import { DIRECTIVE_USAGE } from '../../../../libs/runs/test/support/model-behaviour.js';
import type { ModelServerCounts } from '../../../../libs/runs/test/support/model-server.js';
import type { Ledger, RunRow, StepRow } from './ledger.js';
import type { StartedRun } from './started-run.js';
import type { WorkerKiller } from './worker-killer.js';

/** Everything that is known once all runs have ended. */
export interface Evidence {
  readonly ledger: Ledger;
  readonly started: readonly StartedRun[];
  readonly model: ModelServerCounts;
  /** Ids of the steps whose side effect took place, one for each time. */
  readonly charges: readonly string[];
  readonly killer: WorkerKiller;
}

/** Runs that did not end as their kind must, each as a sentence. */
export function wrongEndings({ ledger, started, killer }: Evidence): string[] {
  const runs = new Map(ledger.runs.map((run) => [run.id, run]));
  const open = ledger.runs.filter(({ status }) => !['COMPLETED', 'FAILED', 'CANCELLED'].includes(status));
  const wrong = started.flatMap(({ id, kind, cancelled }) => {
    const run = runs.get(id);
    const ended = run === undefined ? 'gone' : (run.error_code ?? run.status);
    const expected = cancelled === true ? 'CANCELLED' : kind.ending;
    if (ended === expected) return [];
    if (run !== undefined && cancelled !== true && isInterrupted(ledger, killer, run)) return [];
    return [`"${kind.name}" (${id}) is ${ended}, not ${expected}.`];
  });
  return [...wrong, ...open.map(({ id, status, parent_run_id }) => `Run ${id}, which ${parent_run_id ?? 'nobody'} called, is still ${status}.`)];
}

/** Whether the run failed in a call that a kill of the worker fell into: the one thing that may keep a run from its end. */
function isInterrupted({ steps }: Ledger, killer: WorkerKiller, run: RunRow): boolean {
  const last = steps.findLast(({ run_id }) => run_id === run.id);
  return run.error_code === 'CALL_OUTCOME_UNKNOWN' && last !== undefined && wasStruck(last, killer);
}

function wasStruck({ status, error_code, called_at, completed_at }: StepRow, killer: WorkerKiller): boolean {
  const isMarked = status === 'FAILED' && error_code === 'CALL_OUTCOME_UNKNOWN' && called_at !== null && completed_at !== null;
  return isMarked && killer.struckBetween(called_at, completed_at);
}

/** What the rows say of calls of the model, against what the server counted. */
export function wrongCalls({ ledger, model }: Evidence): string[] {
  const steps = new Map(ledger.steps.map((step) => [step.id, step]));
  const served = Object.entries(model.carriedOut);
  return [
    ...served.filter(([, count]) => count > 1).map(([key, count]) => `The call of step ${key} was carried out ${count} times.`),
    ...served.filter(([key]) => steps.get(key)?.type !== 'MODEL').map(([key]) => `The server carried out "${key}", which is no call of a step.`),
    ...model.unanswered
      .filter((key) => !isOpenEnded(steps.get(key)))
      .map((key) => `The answer to step ${key} never arrived, and it is ${steps.get(key)?.status}.`),
    ...ledger.steps
      .filter(({ type, status, id }) => type === 'MODEL' && status === 'COMPLETED' && model.carriedOut[id] !== 1)
      .map(({ id }) => `Step ${id} is COMPLETED, and the server did not carry it out once.`),
  ];
}

/** Whether a step says that nobody knows how its call came out, or that it was cancelled. */
function isOpenEnded(step: StepRow | undefined): boolean {
  return step !== undefined && (step.status === 'CANCELLED' || step.error_code === 'CALL_OUTCOME_UNKNOWN');
}

/** Side effects that took place twice, or that no step tells of. */
export function wrongCharges({ ledger, charges }: Evidence): string[] {
  const counted = new Map<string, number>();
  for (const id of charges) counted.set(id, (counted.get(id) ?? 0) + 1);
  const tools = ledger.steps.filter(({ type }) => type === 'TOOL');
  const known = new Set(tools.map(({ id }) => id));
  return [
    ...[...counted].filter(([, count]) => count > 1).map(([id, count]) => `Step ${id} charged ${count} times.`),
    ...[...counted.keys()].filter((id) => !known.has(id)).map((id) => `"${id}" charged, and is no step.`),
    ...tools.filter(({ id, status }) => status === 'COMPLETED' && counted.get(id) !== 1).map(({ id }) => `Step ${id} is COMPLETED and did not charge once.`),
    ...tools
      .filter(({ id, ...step }) => counted.has(id) && step.status !== 'COMPLETED' && !isOpenEnded({ id, ...step }))
      .map(({ id }) => `Step ${id} charged and does not say so.`),
  ];
}

/** Runs whose steps or events are not numbered from 1 without gaps, or are open although the run has ended. */
export function wrongNumbers({ ledger }: Evidence): string[] {
  return ledger.runs.flatMap(({ id, status, step_count, event_count }) => {
    const steps = ledger.steps.filter(({ run_id }) => run_id === id);
    const events = ledger.eventNumbers.get(id) ?? [];
    return [
      ...(isCounted(
        steps.map(({ sequence_number }) => sequence_number),
        step_count,
      )
        ? []
        : [`The steps of run ${id} are not 1 to ${step_count}.`]),
      ...(isCounted(events, event_count) ? [] : [`The events of run ${id} are not 1 to ${event_count}: ${events.join(' ')}.`]),
      ...steps.filter((step) => ['PENDING', 'RUNNING'].includes(step.status)).map((step) => `Step ${step.id} of an ended run is ${step.status}.`),
      ...(ledger.lastStates.get(id) === status ? [] : [`Run ${id} is ${status}, and its last event says ${ledger.lastStates.get(id)}.`]),
    ];
  });
}

function isCounted(numbers: readonly number[], count: number): boolean {
  return numbers.length === count && numbers.every((number, index) => number === index + 1);
}

/** Runs that failed because the worker was killed in one of their calls. */
export function interrupted({ ledger, killer }: Evidence): RunRow[] {
  return ledger.runs.filter((run) => isInterrupted(ledger, killer, run));
}

/** Runs whose use is not the sum of their steps, and calls whose use is not what the server said. */
export function wrongUse({ ledger }: Evidence): string[] {
  const perCall = DIRECTIVE_USAGE.prompt_tokens + DIRECTIVE_USAGE.completion_tokens;
  const misread = ledger.steps.filter(({ type, status, tokens }) => tokens !== (type === 'MODEL' && status === 'COMPLETED' ? perCall : 0));
  return [...misread.map(({ id, tokens }) => `Step ${id} used ${tokens} tokens.`), ...unequalSums(ledger)];
}

function unequalSums(ledger: Ledger): string[] {
  return ledger.runs.flatMap(({ id, total_tokens, cost_micros }) => {
    const steps = ledger.steps.filter(({ run_id }) => run_id === id);
    const tokens = sum(steps.map((step) => step.tokens));
    const cost = sum(steps.map((step) => step.cost_micros));
    return tokens === total_tokens && cost === cost_micros
      ? []
      : [`Run ${id} used ${total_tokens} tokens for ${cost_micros}, its steps ${tokens} for ${cost}.`];
  });
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
