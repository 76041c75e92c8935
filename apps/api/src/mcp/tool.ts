import type { PermissionKey } from '#database';
import { validateArguments, type JsonSchema, type SchemaValue } from '#runs';
import { ValidationFailedError } from '../http/errors.js';
import { fieldOf } from './field-of.js';

/** What a call of a tool has to work with. The rows are those of the request's organization, as everywhere. */
export interface McpCall {
  /** The access token or API key that came with the request. */
  readonly credential: string;
  /** What the caller may do. */
  readonly scopes: readonly string[];
  /** Aborted when the client has gone. */
  readonly signal: AbortSignal;
  /** Tells the client that something has happened, if it wants to know. `done` grows from call to call. */
  progress(done: number, message: string): Promise<void>;
}

/** What a tool does to what is there, for clients that ask a person first. */
export type ToolEffect = 'reads' | 'adds' | 'ends';

/** Something that a client may have done over MCP. */
export interface McpTool {
  /** Lower-case words joined by `_`. */
  readonly name: string;
  readonly title: string;
  /** What it does and when to use it, for the model behind the client. */
  readonly description: string;
  /** Without it, the tool is neither listed nor called. */
  readonly permission: PermissionKey;
  readonly effect: ToolEffect;
  /** True: an answer may take seconds, during which the client is told what happens. */
  readonly waits: boolean;
  /** JSON Schema of the arguments. */
  readonly parameters: JsonSchema;
  /** Its result, an object. @throws ValidationFailedError for arguments that its `parameters` refuse, and what the services throw */
  call(args: unknown, call: McpCall): Promise<object>;
}

/** A tool, with arguments that have the type of its schema `S`. */
export interface McpToolDefinition<S extends JsonSchema> extends Omit<McpTool, 'parameters' | 'call' | 'waits'> {
  readonly waits?: boolean;
  readonly parameters: S;
  call(args: SchemaValue<S>, call: McpCall): Promise<object>;
}

/** Makes a tool that checks its arguments before anything is done. */
export function mcpTool<const S extends JsonSchema>(definition: McpToolDefinition<S>): McpTool {
  return Object.freeze({
    ...definition,
    waits: definition.waits ?? false,
    call: async (args: unknown, call: McpCall): Promise<object> => {
      const given = args ?? {};
      if (!satisfies(definition, given)) throw refusal(definition, given);
      return definition.call(given, call);
    },
  });
}

function satisfies<S extends JsonSchema>(tool: { readonly name: string; readonly parameters: S }, args: unknown): args is SchemaValue<S> {
  return validateArguments(tool, args).length === 0;
}

function refusal(tool: { readonly name: string; readonly parameters: JsonSchema }, args: unknown): ValidationFailedError {
  const problems = validateArguments(tool, args).map(({ path, message }) => ({ field: fieldOf(path), message }));
  return new ValidationFailedError(problems.map(({ field, message }) => ({ field, code: 'ARGUMENT_INVALID', message: `"${field}" ${message}` })));
}
