import type { JsonObject, JsonSchema } from '../json.js';

/** A tool as the model is told of it. */
export interface ModelToolSpec {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments, an object. */
  readonly parameters: JsonSchema;
}

/** A tool that the model wants called. */
export interface ModelToolCall {
  /** By which the answer names the call; unique in the conversation. */
  readonly id: string;
  readonly name: string;
  /** JSON, as the model wrote it: it may be wrong. */
  readonly arguments: string;
}

/** One message of the conversation, oldest first in a request. */
export type ModelMessage =
  | { readonly role: 'system' | 'user'; readonly content: string }
  | { readonly role: 'assistant'; readonly content: string | null; readonly toolCalls: readonly ModelToolCall[] }
  | { readonly role: 'tool'; readonly toolCallId: string; readonly content: string };

/** One call of a language model. */
export interface ModelRequest {
  readonly model: string;
  readonly messages: readonly ModelMessage[];
  readonly tools: readonly ModelToolSpec[];
  /** Parameters of the agent, such as `temperature`; sent as they are, under the endpoint's own names. */
  readonly parameters: JsonObject;
  /** At most so many tokens of answer; undefined: the endpoint's own limit. */
  readonly maxOutputTokens?: number;
  /** The same for the same call, also after a crash: sent as `Idempotency-Key`. */
  readonly idempotencyKey: string;
  /** Ends the call at once. */
  readonly signal: AbortSignal;
}

/** What a call used. */
export interface ModelUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** True: the endpoint did not say, and both numbers are counted from the length of the text. */
  readonly isEstimate: boolean;
}

/** What the model answered. */
export interface ModelAnswer {
  readonly content: string | null;
  readonly toolCalls: readonly ModelToolCall[];
  readonly finishReason: 'stop' | 'tool_calls' | 'length' | 'content_filter';
  readonly usage: ModelUsage;
  /** Millionths of the currency unit; 0 where the price table does not name the model. */
  readonly costMicros: number;
  /** The model that answered, as the endpoint names it. */
  readonly model: string;
}

/**
 * A language model behind an endpoint. Retries by itself only what was certainly not carried out.
 * @throws ModelCallError, whose `outcome` says whether the call may have been carried out and paid for.
 */
export interface LanguageModel {
  complete(request: ModelRequest): Promise<ModelAnswer>;
}
