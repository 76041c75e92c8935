import { ModelCallError } from '../errors.js';
import type { LanguageModel, ModelAnswer, ModelMessage, ModelRequest, ModelToolCall } from '../model.js';
import { estimateUsage } from '../token-estimate.js';
import { directivesOf, type Directive } from './directives.js';

/** How every text of this model begins. */
export const OFFLINE_MARK = '[offline model]';

const NOTICE = `${OFFLINE_MARK} No language model is configured (MODEL_BASE_URL), so no model wrote this.`;
const LONGEST_QUOTE = 200;

/**
 * A model without an endpoint: the same answer for the same conversation, at once, for nothing. It calls the tools that lines
 * `/call <tool> <JSON arguments>` of the prompts name, one a turn and in order, then answers with their results.
 */
export class OfflineModel implements LanguageModel {
  async complete(request: ModelRequest): Promise<ModelAnswer> {
    if (request.signal.aborted) throw new ModelCallError('aborted', 'the call was ended before it began.', request.signal.reason);
    const answer = answerTo(request);
    return { ...answer, usage: estimateUsage(request, answer), costMicros: 0, model: 'offline' };
  }
}

function answerTo({ messages, tools }: ModelRequest): Pick<ModelAnswer, 'content' | 'toolCalls' | 'finishReason'> {
  const directives = directivesOf(messages);
  const known = directives.filter(({ tool }) => tools.some(({ name }) => name === tool));
  const turn = messages.slice(messages.findLastIndex(({ role }) => role === 'user') + 1);
  const called = callsOf(turn);
  const next = known[called.length];
  if (next !== undefined) return { content: null, toolCalls: [callFor(next, callsOf(messages).length + 1)], finishReason: 'tool_calls' };
  return { content: textOf(directives, known, called, messages), toolCalls: [], finishReason: 'stop' };
}

/** A conversation that goes on has earlier calls, hence the number over all of it. */
function callFor(directive: Directive, number: number): ModelToolCall {
  return { id: `offline_${number}`, name: directive.tool, arguments: directive.arguments };
}

function callsOf(messages: readonly ModelMessage[]): readonly ModelToolCall[] {
  return messages.flatMap((message) => (message.role === 'assistant' ? message.toolCalls : []));
}

function textOf(directives: readonly Directive[], known: readonly Directive[], called: readonly ModelToolCall[], messages: readonly ModelMessage[]): string {
  const results = new Map(messages.flatMap((message) => (message.role === 'tool' ? [[message.toolCallId, message.content] as const] : [])));
  const lines = called.map(({ id, name }) => `- ${name}: ${quoted(results.get(id) ?? 'no result')}`);
  const missing = directives.filter((directive) => !known.includes(directive)).map(({ tool }) => `- ${tool}: not called, this agent has no such tool.`);
  if (directives.length > 0) return [NOTICE, ...lines, ...missing].join('\n');
  const prompt = messages.findLast((message) => message.role === 'user')?.content ?? '';
  return `${NOTICE} The prompt was: ${quoted(prompt)}`;
}

function quoted(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE)}…` : line;
}
