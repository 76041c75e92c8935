import type { JsonObject, JsonValue } from '../../json.js';
import type { ModelMessage, ModelRequest } from '../model.js';

/** What an agent's parameters cannot set: it is ours to say, or (`n`) would pay for answers that nobody reads. */
const RESERVED = new Set(['model', 'messages', 'tools', 'functions', 'function_call', 'stream', 'stream_options', 'n']);
const LIMIT_NAMES = ['max_tokens', 'max_completion_tokens'] as const;

/** How the endpoint calls the limit of tokens of an answer, and what it is where the agent says nothing. */
export interface AnswerLimit {
  readonly name: string;
  readonly usual: number;
}

/** The body of a call. */
export function requestBody(request: ModelRequest, limit: AnswerLimit): JsonObject {
  return {
    ...Object.fromEntries(Object.entries(request.parameters).filter(([name]) => !RESERVED.has(name))),
    ...outputLimit(request, limit),
    model: request.model,
    messages: request.messages.map(messageBody),
    ...(request.tools.length === 0 ? {} : { tools: request.tools.map((spec) => ({ type: 'function', function: { ...spec } })) }),
    stream: true,
    stream_options: { include_usage: true },
  };
}

/** The smaller of the caller's limit and the agent's own, else the usual one. */
function outputLimit({ parameters, maxOutputTokens = Infinity }: ModelRequest, { name, usual }: AnswerLimit): JsonObject {
  const own = LIMIT_NAMES.filter((known) => typeof parameters[known] === 'number');
  if (own.length === 0) return { [name]: Math.min(usual, maxOutputTokens) };
  return Object.fromEntries(own.map((known) => [known, Math.min(Number(parameters[known]), maxOutputTokens)]));
}

function messageBody(message: ModelMessage): JsonValue {
  if (message.role === 'tool') return { role: 'tool', tool_call_id: message.toolCallId, content: message.content };
  if (message.role !== 'assistant') return { role: message.role, content: message.content };
  if (message.toolCalls.length === 0) return { role: 'assistant', content: message.content ?? '' };
  const calls = message.toolCalls.map(({ id, name, arguments: json }) => ({ id, type: 'function', function: { name, arguments: json } }));
  return { role: 'assistant', content: message.content, tool_calls: calls };
}
