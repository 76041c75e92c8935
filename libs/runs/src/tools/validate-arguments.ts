import type { ValidateFunction } from 'ajv/dist/2020.js';
import { InvalidToolError } from './errors.js';
import { CompiledSchemas } from './schema/compiled-schemas.js';
import { oversize, type JsonBounds } from './schema/json-size.js';
import { problemsOf, type ValidationProblem } from './schema/validation-problem.js';
import type { Tool } from './tool.js';

/** A model writes the arguments, so they are bounded even under a schema of ours. */
export const ARGUMENT_BOUNDS: JsonBounds = { maxValues: 20_000, maxDepth: 64, maxCharacters: 4_000_000 };

const compiled = new CompiledSchemas({ strict: true, allowUnionTypes: true, allErrors: true }, 1_000);

/** What is wrong with the arguments of a tool; empty where nothing is. @throws InvalidToolError where its `parameters` cannot be used. */
export function validateArguments(tool: Pick<Tool, 'name' | 'parameters'>, args: unknown): readonly ValidationProblem[] {
  const validate = compileParameters(tool);
  const size = oversize(args, ARGUMENT_BOUNDS);
  if (size !== undefined) return [{ path: '', message: size }];
  return validate(args) ? [] : problemsOf(validate.errors ?? []);
}

/** The check of a tool's `parameters`, compiled once. @throws InvalidToolError */
export function compileParameters({ name, parameters }: Pick<Tool, 'name' | 'parameters'>): ValidateFunction {
  if (parameters['type'] !== 'object') throw new InvalidToolError(name, 'its parameters must be a JSON Schema with "type": "object".');
  if (parameters['$async'] !== undefined) throw new InvalidToolError(name, 'its parameters must not be "$async".');
  try {
    return compiled.get(parameters);
  } catch (error) {
    throw new InvalidToolError(name, `its parameters are no strict JSON Schema (2020-12): ${error instanceof Error ? error.message : String(error)}.`, error);
  }
}
