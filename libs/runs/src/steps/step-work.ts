import type { Logger, TenantConnection } from '#database';
import type { LanguageModel } from '../models/model.js';
import type { AgentSource } from '../persistence/agent-source.js';
import type { NewQuestion, StepEnd } from '../persistence/boundary.js';
import type { HeldStep } from '../persistence/take-over.js';
import type { RunUse } from '../limits/limits.js';
import type { Progress } from '../engine/progress.js';
import type { ToolRegistry } from '../tools/tool-registry.js';

/** What steps are carried out with. */
export interface StepTools {
  readonly model: LanguageModel;
  readonly tools: ToolRegistry;
  readonly agents: AgentSource;
  /** The model of agents that name none. */
  readonly defaultModel: string;
}

/** Why a call was ended before it answered. */
export type CallStop = 'GONE' | 'OUT_OF_TIME';

/** Follows one call: aborts it when the run is cancelled, taken over or out of time. */
export interface CallGuard {
  readonly signal: AbortSignal;
  /** Why the signal was aborted; undefined while it is not. */
  readonly stopped: CallStop | undefined;
}

/** One step to carry out. */
export interface StepWork {
  readonly db: TenantConnection;
  readonly progress: Progress;
  readonly step: HeldStep;
  /** What the run had used when the step began. */
  readonly use: RunUse;
  readonly logger: Logger;
  /** Runs a call under a guard of its own. No transaction is open meanwhile. */
  guarded<T>(call: (guard: CallGuard) => Promise<T>): Promise<T>;
}

/** How carrying out a step came out. */
export type StepOutcome =
  | { readonly type: 'ENDED'; readonly end: StepEnd }
  /** A person is asked; the step goes on when the answer is there. */
  | { readonly type: 'ASKS'; readonly question: NewQuestion }
  /** A nested run is under way; its end queues this run again. */
  | { readonly type: 'WAITS' }
  /** The run is no longer this worker's. */
  | { readonly type: 'GONE' };

/** The outcome of a step that has ended. */
export function ended(end: StepEnd): StepOutcome {
  return { type: 'ENDED', end };
}
