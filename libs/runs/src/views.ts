import type { Run, RunEvent, RunEventType, RunStatus, Step, StepStatus, StepType } from '#database';
import type { RunLimits } from './runs.types.js';

/** One page of a list. */
export interface PageOf<V> {
  readonly items: V[];
  /** Opaque; null on the last page. */
  readonly nextCursor: string | null;
}

/** Where a list goes on, and how long one page is (1 to 100, default 50). */
export interface PageRequest {
  readonly limit?: number;
  readonly cursor?: string;
}

/** A run as it is shown. */
export interface RunView {
  readonly id: string;
  readonly agentName: string;
  readonly status: RunStatus;
  readonly sessionId: string | null;
  readonly parentRunId: string | null;
  readonly callStack: readonly string[];
  readonly prompt: string | null;
  readonly output: Record<string, unknown> | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly limits: Partial<RunLimits>;
  readonly stepCount: number;
  readonly eventCount: number;
  /** Without those of nested runs, which have rows of their own; so is the cost. */
  readonly totalTokens: number;
  readonly costMicros: number;
  readonly createdBy: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly completedAt: Date | null;
}

/** A step as it is shown. */
export interface StepView {
  readonly id: string;
  readonly sequenceNumber: number;
  readonly type: StepType;
  readonly status: StepStatus;
  readonly input: Record<string, unknown> | null;
  readonly output: Record<string, unknown> | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly model: string | null;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costMicros: number;
  readonly startedAt: Date | null;
  readonly completedAt: Date | null;
}

/** Something that happened to a run. */
export interface RunEventView {
  /** From 1, without gaps. */
  readonly number: number;
  readonly type: RunEventType;
  readonly data: Record<string, unknown>;
  readonly createdAt: Date;
}

export function toRunView(run: Run): RunView {
  return {
    id: run.id,
    agentName: run.agentName,
    status: run.status,
    sessionId: run.sessionId,
    parentRunId: run.parentRunId,
    callStack: run.callStack,
    prompt: run.initialPrompt,
    output: run.output,
    errorCode: run.errorCode,
    errorMessage: run.errorMessage,
    limits: run.limits,
    stepCount: run.stepCount,
    eventCount: run.eventCount,
    totalTokens: Number(run.totalTokens),
    costMicros: Number(run.costMicros),
    createdBy: run.createdBy,
    createdAt: run.createdAt,
    startedAt: run.startedAt,
    completedAt: run.completedAt,
  };
}

export function toStepView(step: Step): StepView {
  return {
    id: step.id,
    sequenceNumber: step.sequenceNumber,
    type: step.type,
    status: step.status,
    input: step.input,
    output: step.output,
    errorCode: step.errorCode,
    errorMessage: step.errorMessage,
    model: step.model,
    inputTokens: Number(step.inputTokens),
    outputTokens: Number(step.outputTokens),
    costMicros: Number(step.costMicros),
    startedAt: step.startedAt,
    completedAt: step.completedAt,
  };
}

export function toRunEventView({ number, type, data, createdAt }: RunEvent): RunEventView {
  return { number, type, data, createdAt };
}
