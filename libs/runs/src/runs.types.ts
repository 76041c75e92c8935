import type { JsonObject } from './json.js';

/** The agent of a run, as it was when the run was made. */
export interface AgentSnapshot {
  readonly name: string;
  /** null: the platform's default model. */
  readonly model: string | null;
  readonly systemPrompt: string | null;
  readonly parameters: JsonObject;
  /** Names of the tools that it may call. */
  readonly tools: readonly string[];
  readonly source: { readonly kind: 'agent' | 'git_agent'; readonly id: string };
}

/** How far a run may go. */
export interface RunLimits {
  readonly maxSteps: number;
  /** How deep agents may call agents; a run that nobody called has depth 1. */
  readonly maxDepth: number;
  /** Milliseconds from its first step, without the time it waited for a person. */
  readonly maxWallMs: number;
  /** Tokens in and out, those of nested runs included. */
  readonly maxTokens: number;
  /** Millionths of the currency unit, those of nested runs included. */
  readonly maxCostMicros: number;
}

/** Why a run failed; stable. */
export type RunFailureCode =
  | 'MODEL_CALL_FAILED'
  | 'CALL_OUTCOME_UNKNOWN'
  | 'LIMIT_STEPS'
  | 'LIMIT_TIME'
  | 'LIMIT_TOKENS'
  | 'LIMIT_COST'
  | 'AGENT_NOT_FOUND'
  | 'AGENT_CYCLE'
  | 'AGENT_TOO_DEEP'
  | 'INTERNAL';

/** Which agent is meant: the first that is active, of the organization's own agents and then of those found in Git. */
export type AgentReference = { readonly id: string; readonly name?: undefined } | { readonly name: string; readonly id?: undefined };
