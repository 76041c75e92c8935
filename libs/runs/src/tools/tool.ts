import type { TenantConnection } from '#database';
import type { JsonObject, JsonSchema, JsonValue } from '../json.js';

/** The run that calls a tool. */
export interface ToolCaller {
  readonly runId: string;
  readonly stepId: string;
  readonly agentName: string;
  readonly sessionId: string | null;
}

/** What a tool is given. */
export interface ToolWork {
  /** The arguments, which satisfy the tool's `parameters`. */
  readonly args: JsonObject;
  readonly caller: ToolCaller;
  /** The rows of the run's organization. No transaction is open: open one where several writes belong together. */
  readonly db: TenantConnection;
  /** Aborted when the run is cancelled, out of time, or taken over. */
  readonly signal: AbortSignal;
}

/** Something an agent may do, by a name that stands in the agent's `tools`. */
export interface Tool {
  /** Lower-case words joined by `_`; what the model calls it by. */
  readonly name: string;
  /** What it does and when to use it, for the model. */
  readonly description: string;
  /** JSON Schema (2020-12) of the arguments, an object; checked before `call`. */
  readonly parameters: JsonSchema;
  /** True: it costs or changes something, so that a call whose end is not known is never silently repeated. */
  readonly hasSideEffects: boolean;
  /** Its result, which the model reads. What it throws is told to the model as the result, and the run goes on. */
  call(work: ToolWork): Promise<JsonValue>;
}
