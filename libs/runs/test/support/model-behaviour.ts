import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { OfflineModel, type JsonObject, type ModelMessage } from '#runs';

/** What the server does with one call. */
export type ModelBehaviour =
  /** Answers as the offline model would: carries out `/call` lines, then says so. The default. */
  | { readonly kind: 'directives'; readonly delayMs?: number }
  /** Says the first time that a call is made that it cannot be taken now, and then does as `directives`. */
  | { readonly kind: 'busy-at-first' }
  /** Streams these chunks as events, then `[DONE]`. */
  | { readonly kind: 'stream'; readonly chunks: readonly object[]; readonly isDone?: boolean }
  /** Writes exactly this, then ends, breaks the connection, or leaves it open. */
  | {
      readonly kind: 'raw';
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly pieces: readonly string[];
      readonly then?: 'end' | 'break' | 'hang';
    }
  /** Takes the request and says nothing. */
  | { readonly kind: 'hang' }
  /** Takes the request and closes the connection. */
  | { readonly kind: 'break' }
  /** Writes this again and again. */
  | { readonly kind: 'endless'; readonly piece: string };

/** A call that the server was asked for. */
export interface ModelServerCall {
  readonly idempotencyKey: string;
  /** 1 for the first call with this key. */
  readonly attempt: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: {
    readonly model: string;
    readonly messages: readonly WireMessage[];
    readonly tools?: readonly { readonly function: { readonly name: string } }[];
  } & JsonObject;
}

interface WireMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly content: string | null;
  readonly tool_call_id?: string;
  readonly tool_calls?: readonly { readonly id: string; readonly function: { readonly name: string; readonly arguments: string } }[];
}

const BUSY: Extract<ModelBehaviour, { kind: 'raw' }> = { kind: 'raw', status: 503, headers: { 'retry-after': '0' }, pieces: [] };
const EVENTS = { 'content-type': 'text/event-stream' };

/** What every answer of `directives` says it used. */
export const DIRECTIVE_USAGE = { prompt_tokens: 11, completion_tokens: 7 };

/** Answers `call` as `behaviour` says. */
export async function behave(behaviour: ModelBehaviour, call: ModelServerCall, response: ServerResponse): Promise<void> {
  if (behaviour.kind === 'hang') return;
  if (behaviour.kind === 'break') return void response.destroy();
  if (behaviour.kind === 'endless') return writeEndlessly(behaviour.piece, response);
  if (behaviour.kind === 'raw') return writeRaw(behaviour, response);
  if (behaviour.kind === 'stream') return writeEvents(behaviour.chunks, behaviour.isDone ?? true, response);
  if (behaviour.kind === 'busy-at-first' && call.attempt === 1) return writeRaw(BUSY, response);
  const chunks = await directiveChunks(call);
  const delayMs = behaviour.kind === 'directives' ? behaviour.delayMs : undefined;
  const timer = setTimeout(() => writeEvents(chunks, true, response), delayMs ?? 0);
  response.once('close', () => clearTimeout(timer));
}

function writeEvents(chunks: readonly object[], isDone: boolean, response: ServerResponse): void {
  const events = [...chunks.map((chunk) => JSON.stringify(chunk)), ...(isDone ? ['[DONE]'] : [])];
  response.writeHead(200, EVENTS).end(events.map((event) => `data: ${event}\n\n`).join(''));
}

function writeRaw({ status = 200, headers = EVENTS, pieces, then = 'end' }: Extract<ModelBehaviour, { kind: 'raw' }>, response: ServerResponse): void {
  response.writeHead(status, headers);
  response.flushHeaders();
  for (const piece of pieces) response.write(piece);
  if (then === 'end') response.end();
  // What was written first must have left, or the client sees a connection that broke before it.
  if (then === 'break') setImmediate(() => response.socket?.end(() => response.destroy()));
}

function writeEndlessly(piece: string, response: ServerResponse): void {
  response.writeHead(200, EVENTS);
  const write = (): void => {
    while (!response.destroyed && response.write(piece));
  };
  response.on('drain', write);
  write();
}

async function directiveChunks({ idempotencyKey, body }: ModelServerCall): Promise<readonly object[]> {
  const answer = await new OfflineModel().complete({
    model: body.model,
    messages: body.messages.map(messageOf),
    tools: (body.tools ?? []).map((tool) => ({ name: tool.function.name, description: '', parameters: {} })),
    parameters: {},
    idempotencyKey,
    signal: new AbortController().signal,
  });
  const calls = answer.toolCalls.map(({ id, name, arguments: json }, index) => ({ index, id, type: 'function', function: { name, arguments: json } }));
  const delta = { role: 'assistant', content: answer.content, ...(calls.length === 0 ? {} : { tool_calls: calls }) };
  return [
    { id: 'chatcmpl', object: 'chat.completion.chunk', model: body.model, choices: [{ index: 0, delta, finish_reason: null }] },
    { id: 'chatcmpl', object: 'chat.completion.chunk', model: body.model, choices: [{ index: 0, delta: {}, finish_reason: answer.finishReason }] },
    { id: 'chatcmpl', object: 'chat.completion.chunk', model: body.model, choices: [], usage: DIRECTIVE_USAGE },
  ];
}

function messageOf({ role, content, tool_call_id: toolCallId, tool_calls: calls }: WireMessage): ModelMessage {
  if (role === 'tool') return { role, toolCallId: toolCallId ?? '', content: content ?? '' };
  if (role !== 'assistant') return { role, content: content ?? '' };
  return { role, content, toolCalls: (calls ?? []).map(({ id, function: { name, arguments: json } }) => ({ id, name, arguments: json })) };
}
