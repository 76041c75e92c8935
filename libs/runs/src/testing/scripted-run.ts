import type { LanguageModel, ModelAnswer, ModelRequest, ModelToolCall } from '../models/model.js';
import type { Tool } from '../tools/tool.js';

/** Does `work`, and something before and after it. */
export type Around = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** What an agent with tools does, in order, before it says that it is done. */
const SCRIPT: readonly { readonly name: string; readonly args: object }[] = [
  { name: 'write_data', args: { key: 'k', value: 1 } },
  { name: 'charge', args: {} },
  { name: 'run_agent', args: { agent: 'called', prompt: 'Help.' } },
];

/** A model that follows the script. Each call is counted elsewhere, by the step that it is made for: that outlives this process. */
export class ScriptedModel implements LanguageModel {
  constructor(
    private readonly counter: string,
    private readonly around: Around,
  ) {}

  async complete({ messages, tools, idempotencyKey, signal }: ModelRequest): Promise<ModelAnswer> {
    await this.around('model', () => count(this.counter, idempotencyKey, signal));
    const isDone = tools.length === 0 || messages.some(({ role }) => role === 'tool');
    const toolCalls: ModelToolCall[] = isDone ? [] : SCRIPT.map(({ name, args }, index) => ({ id: `call_${index}`, name, arguments: JSON.stringify(args) }));
    return {
      content: isDone ? 'Done.' : null,
      toolCalls,
      finishReason: isDone ? 'stop' : 'tool_calls',
      usage: { inputTokens: 3, outputTokens: 2, isEstimate: false },
      costMicros: 1,
      model: 'scripted',
    };
  }
}

/** A tool whose call costs something, counted by its step. */
export function chargeTool(counter: string, around: Around): Tool {
  return {
    name: 'charge',
    description: 'Costs something.',
    parameters: { type: 'object' },
    hasSideEffects: true,
    call: async ({ caller, signal }) => {
      await around('charge', () => count(counter, caller.stepId, signal));
      return 'Charged.';
    },
  };
}

async function count(counter: string, key: string, signal: AbortSignal): Promise<void> {
  const response = await fetch(`${counter}/${key}`, { method: 'POST', signal });
  await response.arrayBuffer();
}
