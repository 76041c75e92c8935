import type { JsonSchema, JsonValue } from '../json.js';
import { InvalidToolError } from './errors.js';
import type { SchemaValue } from './schema-value.js';
import type { Tool, ToolWork } from './tool.js';
import { compileParameters, validateArguments } from './validate-arguments.js';

/** Also what endpoints take for the name of a function. */
const NAME = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/;
const LONGEST_NAME = 64;
const LONGEST_DESCRIPTION = 1_000;

/** A tool, with arguments that have the type of its schema `S`. */
export interface ToolDefinition<S extends JsonSchema> extends Omit<Tool, 'parameters' | 'call'> {
  readonly parameters: S;
  call(work: Omit<ToolWork, 'args'> & { readonly args: SchemaValue<S> }): Promise<JsonValue>;
}

/** Makes a tool. @throws InvalidToolError for a name, description or schema that cannot be offered to a model. */
export function defineTool<const S extends JsonSchema>(definition: ToolDefinition<S>): Tool {
  const { name, description, parameters, hasSideEffects } = definition;
  checkWords(name, description);
  compileParameters({ name, parameters });
  return Object.freeze({
    name,
    description,
    parameters,
    hasSideEffects,
    call: async ({ args, ...work }: ToolWork): Promise<JsonValue> => {
      if (!satisfies<S>({ name, parameters }, args)) throw new InvalidToolError(name, 'it was called with arguments that were not checked.');
      return definition.call({ ...work, args });
    },
  });
}

function checkWords(name: string, description: string): void {
  if (!NAME.test(name) || name.length > LONGEST_NAME) {
    throw new InvalidToolError(name, `its name must be lower-case words joined by "_", at most ${LONGEST_NAME} characters.`);
  }
  if (description.trim() === '' || description.length > LONGEST_DESCRIPTION) {
    throw new InvalidToolError(name, `its description must tell the model what it does, in at most ${LONGEST_DESCRIPTION} characters.`);
  }
}

function satisfies<S>(tool: Pick<Tool, 'name' | 'parameters'>, args: unknown): args is SchemaValue<S> {
  return validateArguments(tool, args).length === 0;
}
