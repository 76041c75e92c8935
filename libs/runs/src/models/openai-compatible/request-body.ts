import type { JsonObject, JsonValue } from '../../json.js';
import type { ModelMessage, ModelRequest } from '../model.js';

/** What an agent's parameters cannot set: it is ours to say, or (`n`) would pay for answers that nobody reads. */
const RESERVED = new Set(['model', 'messages', 'tools', 'functions', 'function_call', 'stream', 'stream_options', 'n']);
const LIMIT_NAMES = ['max_tokens', 'max_completion_tokens'] as const;

/** The body of a call. `limitName` is how the endpoint calls the limit of tokens of an answer. */
export function requestBody(request: ModelRequest, limitName: string): JsonObject {
  return {
    ...Object.fromEntries(Object.entries(request.parameters).filter(([name]) => !RESERVED.has(name))),
    ...outputLimit(request, limitName),
    model: request.model,
    messages: request.messages.map(messageBody),
    ...(request.tools.length === 0 ? {} : { tools: request.tools.map((spec) => ({ type: 'function', function: { ...spec } })) }),
    stream: true,
    stream_options: { include_usage: true },
  };
}

/** The smaller of the agent's own limit and the caller's. */
function outputLimit({ parameters, maxOutputTokens }: ModelRequest, limitName: string): JsonObject {
  if (maxOutputTokens === undefined) return {};
  const own = LIMIT_NAMES.filter((name) => typeof parameters[name] === 'number');
  if (own.length === 0) return { [limitName]: maxOutputTokens };
  return Object.fromEntries(own.map((name) => [name, Math.min(Number(parameters[name]), maxOutputTokens)]));
}

function messageBody(message: ModelMessage): JsonValue {
  if (message.role === 'tool') return { role: 'tool', tool_call_id: message.toolCallId, content: message.content };
  if (message.role !== 'assistant') return { role: message.role, content: message.content };
  if (message.toolCalls.length === 0) return { role: 'assistant', content: message.content ?? '' };
  const calls = message.toolCalls.map(({ id, name, arguments: json }) => ({ id, type: 'function', function: { name, arguments: json } }));
  return { role: 'assistant', content: message.content, tool_calls: calls };
}
