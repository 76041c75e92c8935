import { AgentRefusedError } from './errors.js';
import { AGENT_LIMITS, TOOL_NAME } from './limits.js';

/** The fields of an agent that limits apply to. */
export interface AgentContent {
  readonly name?: string;
  readonly description?: string | null;
  readonly model?: string | null;
  readonly systemPrompt?: string | null;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly tools?: readonly string[];
}

/** Holds an agent, or the changed part of one, against the limits. @throws AgentRefusedError that names the field */
export function checkAgent({ name, description, model, systemPrompt, parameters, tools }: AgentContent): void {
  const { nameLength, descriptionLength, modelLength, promptBytes, parameterBytes } = AGENT_LIMITS;
  if (name !== undefined && (name === '' || lengthOf(name) > nameLength)) refuse('name', `its name is empty or longer than ${nameLength} characters.`);
  if (lengthOf(description) > descriptionLength) refuse('description', `its description is longer than ${descriptionLength} characters.`);
  if (lengthOf(model) > modelLength) refuse('model', `the name of its model is longer than ${modelLength} characters.`);
  if (bytesOf(systemPrompt ?? '') > promptBytes) refuse('systemPrompt', `its prompt is larger than ${promptBytes} bytes.`);
  if (parameters !== undefined && bytesOf(JSON.stringify(parameters)) > parameterBytes)
    refuse('parameters', `its parameters are larger than ${parameterBytes} bytes.`);
  if (tools !== undefined) checkTools(tools);
}

function checkTools(tools: readonly string[]): void {
  if (tools.length > AGENT_LIMITS.tools) refuse('tools', `it has more than ${AGENT_LIMITS.tools} tools.`);
  if (new Set(tools).size < tools.length) refuse('tools', 'it names a tool twice.');
  const wrong = tools.find((tool) => !TOOL_NAME.test(tool));
  if (wrong !== undefined) refuse('tools', `"${wrong.slice(0, 64)}" is no name of a tool: 1 to 64 small letters, digits and underscores, with a letter first.`);
}

function refuse(field: string, reason: string): never {
  throw new AgentRefusedError(field, reason);
}

function lengthOf(text: string | null | undefined): number {
  return [...(text ?? '')].length;
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
