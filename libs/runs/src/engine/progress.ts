import type { JsonValue } from '../json.js';
import type { Boundary, RunCounts, StepEnd } from '../persistence/boundary.js';
import { EMPTY_STEP, type HeldRun, type HeldStep } from '../persistence/take-over.js';
import { isJsonObject } from '../storable.js';

/** How far a run has come, in the memory of the worker that has it. Never changed: each boundary makes a new one. */
export interface Progress {
  readonly run: HeldRun;
  /** In order; at most the last one runs. */
  readonly steps: readonly HeldStep[];
}

/** What a nested run used, as it stands in `metadata.nested` of the step that called it. */
export interface NestedUse {
  readonly tokens: number;
  readonly costMicros: number;
  /** Milliseconds that it waited for people. */
  readonly waitedMs: number;
}

/** The step that runs, if one does. */
export function openStep({ steps }: Progress): HeldStep | undefined {
  const last = steps.at(-1);
  return last?.status === 'RUNNING' ? last : undefined;
}

/** The progress once `step` has ended. */
export function withEnd({ run, steps }: Progress, step: HeldStep, end: StepEnd): Progress {
  const ended: HeldStep = {
    ...step,
    status: end.status,
    output: end.output,
    errorCode: end.errorCode ?? null,
    errorMessage: end.errorMessage ?? null,
    metadata: { ...step.metadata, ...end.metadata },
  };
  const tokens = (end.inputTokens ?? 0) + (end.outputTokens ?? 0);
  return {
    run: { ...run, totalTokens: run.totalTokens + tokens, costMicros: run.costMicros + (end.costMicros ?? 0) },
    steps: steps.map((other) => (other.id === step.id ? ended : other)),
  };
}

/** The progress once a boundary has been written. */
export function afterBoundary(progress: Progress, { ended, begin }: Boundary, counts: RunCounts): Progress {
  const { run, steps } = ended === undefined ? progress : withEnd(progress, ended.step, ended.end);
  const begun: readonly HeldStep[] = begin === undefined ? [] : [{ ...EMPTY_STEP, ...begin, sequenceNumber: counts.stepCount }];
  return { run: { ...run, ...counts }, steps: [...steps, ...begun] };
}

/** What the runs that this one called have used, together. */
export function nestedUse({ steps }: Progress): NestedUse {
  const uses = steps.map(({ metadata }) => metadata['nested']).filter(isJsonObject);
  const sum = (name: keyof NestedUse): number => uses.reduce((total, use) => total + numberOf(use[name]), 0);
  return { tokens: sum('tokens'), costMicros: sum('costMicros'), waitedMs: sum('waitedMs') };
}

/** How long the run waited for people, itself and in runs that it called, in milliseconds. */
export function waitedMs(progress: Progress): number {
  const own = progress.steps.filter(({ type }) => type === 'INPUT').reduce((total, { durationMs }) => total + durationMs, 0);
  return own + nestedUse(progress).waitedMs;
}

function numberOf(value: JsonValue | undefined): number {
  return typeof value === 'number' ? value : 0;
}
