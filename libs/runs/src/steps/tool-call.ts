import type { JsonObject, JsonValue } from '../json.js';
import type { ModelToolCall } from '../models/model.js';
import type { HeldStep } from '../persistence/take-over.js';
import type { StepEnd } from '../persistence/boundary.js';
import { isJsonObject } from '../storable.js';
import { BUILT_IN_TOOLS } from '../tools/built-in/built-in-tools.js';
import { oversize } from '../tools/schema/json-size.js';
import type { Tool } from '../tools/tool.js';
import { ARGUMENT_BOUNDS, validateArguments } from '../tools/validate-arguments.js';
import type { StepWork } from './step-work.js';

const { maxDepth } = ARGUMENT_BOUNDS;
const ONLY_DEPTH = { maxDepth, maxValues: Infinity, maxCharacters: Infinity };

/**
 * The input of a step that a model's tool call became. Arguments that are no JSON object are kept as the model wrote them, and so are
 * those that are nested too deep: whatever looks into them later recurses, PostgreSQL too.
 */
export function inputOf(call: ModelToolCall): JsonObject {
  return { toolCallId: call.id, name: call.name, arguments: parsedArguments(call.arguments) };
}

function parsedArguments(text: string): JsonValue {
  try {
    const value = text.trim() === '' ? {} : (JSON.parse(text) as JsonValue);
    return oversize(value, ONLY_DEPTH) === undefined ? value : text;
  } catch {
    return text;
  }
}

/** The arguments of a step, checked. `problem`: what the model is told in place of a result. */
export type CheckedArguments = { readonly args: JsonObject; readonly problem?: undefined } | { readonly problem: string };

/** Checks the arguments of a tool call against the parameters of its tool. */
export function checkArguments({ input }: HeldStep, tool: Pick<Tool, 'name' | 'parameters'>): CheckedArguments {
  const args = input?.['arguments'];
  if (!isJsonObject(args)) return { problem: `The arguments are not a JSON object that is nested at most ${maxDepth} deep.` };
  const problems = validateArguments(tool, args);
  if (problems.length === 0) return { args };
  return {
    problem: `The arguments are not what the tool takes: ${problems.map(({ path, message }) => `${path === '' ? 'they' : path} ${message}`).join('; ')}.`,
  };
}

/** The checked arguments of a step that the engine carries out itself. */
export function builtInArguments({ step, progress }: StepWork): CheckedArguments {
  const name = toolNameOf(step);
  const tool = progress.run.agent.tools.includes(name) ? BUILT_IN_TOOLS.get(name) : undefined;
  return tool === undefined ? { problem: noTool(name) } : checkArguments(step, tool);
}

/** What the model is told that calls a tool which its agent does not have. */
export function noTool(name: string): string {
  return `There is no tool "${name}" for this agent.`;
}

/** The name by which the model called the step's tool. */
export function toolNameOf({ input }: HeldStep): string {
  const name = input?.['name'];
  return typeof name === 'string' ? name : '';
}

/** The end of a step whose result the model reads. */
export function resultEnd(result: JsonValue): StepEnd {
  return { status: 'COMPLETED', output: { result } };
}

/** The end of a step that could not do what the model wanted: the model reads why, and goes on. */
export function errorEnd(error: string): StepEnd {
  return resultEnd({ error });
}
