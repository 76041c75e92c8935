import type { RunsConfig } from '#database';
import { RunLimitRefusedError } from '../errors.js';
import type { RunFailureCode, RunLimits } from '../runs.types.js';

/** The most that a run may have here. */
export function highestLimits(config: RunsConfig): RunLimits {
  return {
    maxSteps: config.maxSteps,
    maxDepth: config.maxDepth,
    maxWallMs: config.maxWallSeconds * 1_000,
    maxTokens: config.maxTokens,
    maxCostMicros: config.maxCostMicros,
  };
}

/** The limits of a run that asks for some: less than the highest, never more. @throws RunLimitRefusedError */
export function limitsFor(asked: Partial<RunLimits>, highest: RunLimits): RunLimits {
  for (const name of Object.keys(highest) as (keyof RunLimits)[]) {
    const value = asked[name];
    if (value !== undefined && !(Number.isInteger(value) && value >= 1 && value <= highest[name])) throw new RunLimitRefusedError(name, highest[name]);
  }
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  return { ...highest, ...given };
}

/** What a run has used so far, its nested runs included. */
export interface RunUse {
  readonly steps: number;
  readonly wallMs: number;
  readonly tokens: number;
  readonly costMicros: number;
}

/** A limit that has been reached. */
export interface ReachedLimit {
  readonly code: Extract<RunFailureCode, `LIMIT_${string}`>;
  readonly message: string;
}

/** The limit that keeps the next step from beginning, or undefined where there is none. */
export function reachedLimit(use: RunUse, limits: RunLimits): ReachedLimit | undefined {
  if (use.steps >= limits.maxSteps) return { code: 'LIMIT_STEPS', message: `The run has taken its ${limits.maxSteps} steps.` };
  if (use.wallMs >= limits.maxWallMs) return outOfTime(limits);
  if (use.tokens >= limits.maxTokens) return { code: 'LIMIT_TOKENS', message: `The run has used ${use.tokens} tokens of its ${limits.maxTokens}.` };
  if (use.costMicros >= limits.maxCostMicros)
    return { code: 'LIMIT_COST', message: `The run has cost ${use.costMicros} millionths of its ${limits.maxCostMicros}.` };
  return undefined;
}

/** The limit of time, reached. */
export function outOfTime({ maxWallMs }: RunLimits): ReachedLimit {
  return { code: 'LIMIT_TIME', message: `The run has taken its ${Math.round(maxWallMs / 1_000)} seconds.` };
}

/** What is left for a run that this one calls. Steps are counted for each run. */
export function remainingLimits(use: RunUse, limits: RunLimits): RunLimits {
  return {
    ...limits,
    maxWallMs: Math.max(1, Math.floor(limits.maxWallMs - use.wallMs)),
    maxTokens: Math.max(1, limits.maxTokens - use.tokens),
    maxCostMicros: Math.max(1, limits.maxCostMicros - use.costMicros),
  };
}
