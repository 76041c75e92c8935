import type { ModelMessage, ModelToolCall } from '../models/model.js';
import type { HeldStep } from '../persistence/take-over.js';
import { isJsonObject } from '../storable.js';
import type { Progress } from './progress.js';

/** The conversation so far, rebuilt from the agent, the prompt and the steps that have ended, in order. */
export function conversationOf({ run, steps }: Progress): ModelMessage[] {
  const { systemPrompt } = run.agent;
  return [
    ...(systemPrompt === null ? [] : [{ role: 'system' as const, content: systemPrompt }]),
    { role: 'user', content: run.prompt },
    ...steps.filter(({ status }) => status === 'COMPLETED').map(messageOf),
  ];
}

/** The tools that the model wants called, as a model step keeps them. */
export function toolCallsOf({ output }: HeldStep): ModelToolCall[] {
  const calls = output?.['toolCalls'];
  if (!Array.isArray(calls)) return [];
  return calls.flatMap((call: unknown) => {
    if (!isJsonObject(call)) return [];
    const { id, name, arguments: args } = call;
    return typeof id === 'string' && typeof name === 'string' && typeof args === 'string' ? [{ id, name, arguments: args }] : [];
  });
}

function messageOf(step: HeldStep): ModelMessage {
  if (step.type === 'MODEL') {
    const content = step.output?.['content'];
    return { role: 'assistant', content: typeof content === 'string' ? content : null, toolCalls: toolCallsOf(step) };
  }
  const toolCallId = step.input?.['toolCallId'];
  return { role: 'tool', toolCallId: typeof toolCallId === 'string' ? toolCallId : step.id, content: JSON.stringify(step.output?.['result'] ?? null) };
}
