import { readFileSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import { createServer, type Server } from 'node:net';
import { loadConfig, ModelConfig } from '#database';
import type { ModelBehaviour } from '../../../test/support/model-behaviour.js';
import { ModelServer } from '../../../test/support/model-server.js';
import { createLanguageModel } from '../create-language-model.js';
import type { LanguageModel, ModelAnswer, ModelRequest } from '../model.js';

const KEY = 'sk-planted-secret-key';
let server: ModelServer;

beforeAll(async () => {
  server = await ModelServer.start();
});
afterAll(() => server.stop());

/** Messages that were logged. */
const logged: string[] = [];
const logger = {
  info: (...parts: readonly unknown[]) => void logged.push(JSON.stringify(parts)),
  warn: (...parts: readonly unknown[]) => void logged.push(JSON.stringify(parts)),
};

function modelWith(settings: Record<string, string> = {}): LanguageModel {
  const base = { MODEL_BASE_URL: server.url, MODEL_API_KEY: KEY, MODEL_DEFAULT: 'm', MODEL_MAX_RETRY_AFTER_MS: '10' };
  return createLanguageModel(loadConfig(ModelConfig, { ...base, ...settings }), logger);
}

let calls = 0;
function request(changes: Partial<ModelRequest> = {}): ModelRequest {
  calls += 1;
  const messages = [{ role: 'user', content: 'Hello' }] as const;
  return { model: 'm', messages, tools: [], parameters: {}, idempotencyKey: `key-${calls}`, signal: new AbortController().signal, ...changes };
}

const text = (content: string) => ({ model: 'm-1', choices: [{ index: 0, delta: { content }, finish_reason: null }] });
const stop = { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] };
const event = (chunk: object): string => `data: ${JSON.stringify(chunk)}\n\n`;

/** How a call fails that must fail. */
async function failure(model: LanguageModel, asked: ModelRequest): Promise<{ outcome: string; message: string }> {
  const error: unknown = await model.complete(asked).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ code: 'MODEL_CALL_FAILED' });
  return { outcome: String(Reflect.get(Object(error), 'outcome')), message: error instanceof Error ? error.message : '' };
}

/** Has the server listen, and gives the port. */
async function portOf(listener: Server): Promise<number> {
  await new Promise<void>((resolve) => listener.listen(0, 'localhost', resolve));
  const address = listener.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const countOf = (asked: ModelRequest): number => server.counts.byKey[asked.idempotencyKey] ?? 0;

describe('a call that succeeds', () => {
  it('sends model, messages, tools, parameters, key and idempotency key', async () => {
    const asked = request({
      messages: [
        { role: 'system', content: 'Be kind.' },
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: null, toolCalls: [{ id: 'a', name: 'look', arguments: '{"x":1}' }] },
        { role: 'tool', toolCallId: 'a', content: '"seen"' },
        { role: 'assistant', content: null, toolCalls: [] },
      ],
      tools: [{ name: 'look', description: 'Looks.', parameters: { type: 'object' } }],
      parameters: { temperature: 0.5, model: 'other', stream: false, n: 4, max_tokens: 900 },
      maxOutputTokens: 70,
    });
    await modelWith().complete(asked);
    const { headers, body } = server.calls.at(-1) ?? {};
    expect(headers).toMatchObject({ authorization: `Bearer ${KEY}`, 'idempotency-key': asked.idempotencyKey, connection: 'close' });
    expect(body).toEqual({
      model: 'm',
      messages: [
        { role: 'system', content: 'Be kind.' },
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: null, tool_calls: [{ id: 'a', type: 'function', function: { name: 'look', arguments: '{"x":1}' } }] },
        { role: 'tool', tool_call_id: 'a', content: '"seen"' },
        { role: 'assistant', content: '' },
      ],
      tools: [{ type: 'function', function: { name: 'look', description: 'Looks.', parameters: { type: 'object' } } }],
      temperature: 0.5,
      max_tokens: 70,
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  it.each([
    ['the usual limit, which models can keep', {}, 1_000_000, 300],
    ['what is left of the run, where that is less', {}, 20, 20],
    ["the agent's own limit, also above the usual one", { max_tokens: 900 }, 1_000_000, 900],
  ])('asks for an answer within %s', async (_what, parameters, maxOutputTokens, limit) => {
    await modelWith({ MODEL_MAX_ANSWER_TOKENS: '300' }).complete(request({ parameters, maxOutputTokens }));
    expect(server.calls.at(-1)?.body).toMatchObject({ max_tokens: limit });
  });

  it('reads text, usage, price and the name of the model', async () => {
    server.next({ kind: 'stream', chunks: [text('Hel'), text('lo 😀'), stop, { choices: [], usage: { prompt_tokens: 10, completion_tokens: 3 } }] });
    const prices = { m: { inputMicrosPerMillionTokens: 1_000_000, outputMicrosPerMillionTokens: 2_500_000 } };
    const answer = await modelWith({ MODEL_PRICES: JSON.stringify(prices) }).complete(request());
    expect(answer).toEqual({
      content: 'Hello 😀',
      toolCalls: [],
      finishReason: 'stop',
      usage: { inputTokens: 10, outputTokens: 3, isEstimate: false },
      costMicros: 18,
      model: 'm-1',
    });
  });

  it('puts tool calls together, gives ids that the conversation has not used, and passes other choices over', async () => {
    const piece = (call: object) => ({
      choices: [
        { index: 0, delta: { tool_calls: [call] } },
        { index: 1, delta: { content: 'other' } },
      ],
    });
    server.next({
      kind: 'stream',
      chunks: [
        piece({ index: 0, id: 'used', function: { name: 'one', arguments: '{"a"' } }),
        piece({ index: 1, id: 'b', function: { name: 'two', arguments: '' } }),
        piece({ index: 0, function: { arguments: ':1}' } }),
        piece({ index: 1, id: 'c', function: { name: 'three', arguments: { z: 1 } } }),
        piece({ function: { name: 'three', arguments: '' } }),
        stop,
      ],
    });
    const earlier = { role: 'assistant', content: null, toolCalls: [{ id: 'used', name: 'one', arguments: '{}' }] } as const;
    const answer = await modelWith().complete(request({ messages: [earlier] }));
    expect(answer).toMatchObject({ content: null, finishReason: 'tool_calls' });
    expect(answer.toolCalls).toEqual([
      { id: 'call_2', name: 'one', arguments: '{"a":1}' },
      { id: 'b', name: 'two', arguments: '{}' },
      { id: 'c', name: 'three', arguments: '{"z":1}' },
    ]);
  });

  it('reads a whole JSON answer of an endpoint that does not stream', async () => {
    const call = { id: 'x', type: 'function', function: { name: 'look', arguments: '{}' } };
    const choice = { index: 0, message: { content: [{ type: 'text', text: 'Hi' }], tool_calls: [call, call] }, finish_reason: 'tool_calls' };
    const body = JSON.stringify({ model: 'm-2', choices: [choice], usage: { prompt_tokens: 1, completion_tokens: 2 } });
    server.next({ kind: 'raw', headers: { 'content-type': 'application/json; charset=utf-8' }, pieces: [body] });
    const answer = await modelWith().complete(request());
    expect(answer).toMatchObject({ content: 'Hi', model: 'm-2', usage: { inputTokens: 1, isEstimate: false } });
    expect(answer.toolCalls.map(({ id }) => id)).toEqual(['x', 'call_2']);
  });

  it.each(['length', 'content_filter'])('says that the answer was ended by %s', async (reason) => {
    server.next({ kind: 'stream', chunks: [text('Hal'), { choices: [{ delta: {}, finish_reason: reason }] }] });
    expect(await modelWith().complete(request())).toMatchObject({ content: 'Hal', finishReason: reason });
  });

  it.each<[string, object | undefined]>([
    ['missing', undefined],
    ['negative', { prompt_tokens: -1, completion_tokens: 1 }],
    ['a fraction', { prompt_tokens: 1.5, completion_tokens: 1 }],
    ['no number', { prompt_tokens: 'NaN', completion_tokens: null }],
    ['huge', { prompt_tokens: 1e15, completion_tokens: 1 }],
  ])('estimates the usage where it is %s', async (_what, usage) => {
    server.next({ kind: 'raw', pieces: [event(text('Hello')), event({ ...stop, usage }), 'data: [DONE]\n\n'] });
    const { usage: counted } = await modelWith().complete(request());
    expect(counted).toEqual({ inputTokens: expect.any(Number), outputTokens: 2, isEstimate: true });
  });

  it.each<[string, readonly string[], 'end' | 'break' | 'hang']>([
    ['without [DONE]', [event(text('Hi')), event(stop)], 'end'],
    ['without a finish reason', [event(text('Hi')), 'data: [DONE]\n\n'], 'hang'],
    ['with a connection that breaks after its finish reason', [event(text('Hi')), event(stop)], 'break'],
    ['with a pause after its finish reason', [event(text('Hi')), event(stop)], 'hang'],
    ['with comments and chunks without choices', [': hello\n\n', event({ id: 1 }), event(text('Hi')), 'data: [DONE]\n\n'], 'end'],
  ])('takes an answer %s', async (_what, pieces, then) => {
    server.next({ kind: 'raw', pieces, then });
    expect(await modelWith({ MODEL_IDLE_TIMEOUT_MS: '100' }).complete(request())).toMatchObject({ content: 'Hi', finishReason: 'stop' });
    await server.until(({ open }) => open === 0);
  });
});

describe('an answer that is wrong', () => {
  const manyCalls = { choices: [{ delta: { tool_calls: [1, 2, 3].map((id) => ({ id: `c${id}`, function: { name: 'x' } })) } }] };
  it.each<[string, readonly string[], 'end' | 'break' | 'hang', string]>([
    ['ends too early', [event(text('Hi'))], 'end', 'its answer ended before it was complete'],
    ['is empty', [], 'end', 'its answer ended before it was complete'],
    ['breaks', [event(text('Hi'))], 'break', 'the connection broke within its answer'],
    ['pauses', [event(text('Hi'))], 'hang', 'its answer paused for more than 100 ms'],
    ['holds no JSON', ['data: {nonsense\n\n'], 'end', 'its answer is no JSON object'],
    ['holds other JSON', ['data: [1]\n\n'], 'end', 'its answer is no JSON object'],
    ['has no choices', [event({ id: 1 }), 'data: [DONE]\n\n'], 'end', 'its answer has no choices'],
    ['reports an error', [event(text('Hi')), event({ error: { message: `no more for ${KEY}` } })], 'end', 'it reports "no more for ***"'],
    ['calls a nameless tool', [event({ choices: [{ delta: { tool_calls: [{ id: 'a' }] } }] }), event(stop)], 'end', 'calls a tool without a name'],
    ['calls too many tools', [event(manyCalls)], 'hang', 'its answer calls more than 2 tools'],
  ])('that %s leaves unknown what became of the call, and it is not made again', async (_what, pieces, then, reason) => {
    const asked = request();
    server.next({ kind: 'raw', pieces, then });
    const failed = await failure(modelWith({ MODEL_IDLE_TIMEOUT_MS: '100', MODEL_MAX_TOOL_CALLS: '2' }), asked);
    expect(failed).toEqual({ outcome: 'unknown', message: expect.stringContaining(reason) });
    expect(countOf(asked)).toBe(1);
    await server.until(({ open }) => open === 0);
  });

  it.each([
    ['never ends', event(text('and')), 'its answer is larger than 50000 bytes'],
    ['never ends its line', 'x'.repeat(10_000), 'its answer is larger than 50000 bytes'],
  ])('that %s is cut, and its connection closed', async (_what, piece, reason) => {
    server.next({ kind: 'endless', piece });
    const failed = await failure(modelWith({ MODEL_MAX_ANSWER_BYTES: '50000' }), request());
    expect(failed).toEqual({ outcome: 'unknown', message: expect.stringContaining(reason) });
    await server.until(({ open }) => open === 0);
  });

  it('that has an endless line is cut before the whole answer is too large', async () => {
    server.next({ kind: 'endless', piece: 'x'.repeat(60_000) });
    expect((await failure(modelWith(), request())).message).toContain('a line of its answer is longer than 1000000 characters');
  });

  it.each([
    [{ 'content-type': 'text/html' }, 'it answered "text/html" where a stream of events or JSON is due'],
    [{}, 'it answered "" where'],
    [{ 'content-type': 'application/json', 'content-encoding': 'gzip' }, 'it answered the encoding "gzip" where'],
  ])('of the type %j is not read', async (headers, reason) => {
    server.next({ kind: 'raw', headers, pieces: ['<html>'] });
    expect(await failure(modelWith(), request())).toEqual({ outcome: 'unknown', message: expect.stringContaining(reason) });
  });

  it.each([
    ['{"choices":[', 'its answer is no JSON object'],
    ['{"choices":[]}', 'its answer has no choices'],
    ['{"error":"out of memory"}', 'it reports "out of memory"'],
  ])('in one piece, %s, leaves the outcome unknown', async (body, reason) => {
    server.next({ kind: 'raw', headers: { 'content-type': 'application/json' }, pieces: [body] });
    expect(await failure(modelWith(), request())).toEqual({ outcome: 'unknown', message: expect.stringContaining(reason) });
  });
});

describe('a call that is refused', () => {
  it.each([400, 401, 403, 404, 413, 422])('with %d is not made again; the message is short and without the key', async (status) => {
    const asked = request();
    server.next({ kind: 'raw', status, pieces: [JSON.stringify({ error: { message: `key ${KEY}\n${'x'.repeat(900)}` } })] });
    const { outcome, message } = await failure(modelWith(), asked);
    expect(outcome).toBe('refused');
    expect(message).toMatch(new RegExp(`it answered ${status}: key \\*\\*\\* x+…$`));
    expect(message.length).toBeLessThan(400);
    expect(countOf(asked)).toBe(1);
  });

  it.each([500, 502, 504, 204])('with %d leaves the outcome unknown and is not made again', async (status) => {
    const asked = request();
    server.next({ kind: 'raw', status, pieces: [] });
    expect(await failure(modelWith(), asked)).toEqual({ outcome: 'unknown', message: expect.stringContaining(`it answered ${status}.`) });
    expect(countOf(asked)).toBe(1);
  });

  it('by a redirect does not take the key there', async () => {
    const asked = request();
    server.next({ kind: 'raw', status: 307, headers: { location: `${server.url}/chat/completions` }, pieces: [] });
    expect(await failure(modelWith(), asked)).toEqual({ outcome: 'refused', message: expect.stringContaining('a redirect, which is not followed') });
    expect(countOf(asked)).toBe(1);
  });

  it.each([429, 503])('with %d is made again with the same key until it is answered', async (status) => {
    const asked = request();
    server.next(
      { kind: 'raw', status, headers: { 'retry-after': '0' }, pieces: ['busy'] },
      { kind: 'raw', status, headers: { 'retry-after': '3600' }, pieces: [] },
    );
    expect(await modelWith().complete(asked)).toMatchObject({ finishReason: 'stop' });
    expect(countOf(asked)).toBe(3);
  });

  it('is made again at most MODEL_RETRIES times', async () => {
    const asked = request();
    server.next(...[1, 2, 3].map(() => ({ kind: 'raw', status: 429, pieces: ['busy'] }) as const));
    expect(await failure(modelWith({ MODEL_RETRIES: '2' }), asked)).toEqual({ outcome: 'refused', message: expect.stringContaining('it answered 429: busy') });
    expect(countOf(asked)).toBe(3);
  });

  it('waits as long as the endpoint asks', async () => {
    server.next({ kind: 'raw', status: 429, headers: { 'retry-after': '1' }, pieces: [] });
    const began = performance.now();
    await modelWith({ MODEL_MAX_RETRY_AFTER_MS: '5000' }).complete(request());
    expect(performance.now() - began).toBeGreaterThanOrEqual(990);
  });

  it('does not wait beyond the time of the whole call', async () => {
    server.next({ kind: 'raw', status: 429, headers: { 'retry-after': '60' }, pieces: [] });
    const failed = await failure(modelWith({ MODEL_MAX_RETRY_AFTER_MS: '60000', MODEL_TOTAL_TIMEOUT_MS: '200' }), request());
    expect(failed).toEqual({ outcome: 'refused', message: expect.stringContaining('not done within 200 ms') });
  });
});

describe('a connection that fails', () => {
  it.each([
    ['nobody listens', 'http://127.0.0.1:1/v1', 'ECONNREFUSED'],
    ['the name is unknown', 'https://models.invalid/v1', 'there is no connection to it'],
  ])('because %s is refused', async (_why, url, reason) => {
    expect(await failure(modelWith({ MODEL_BASE_URL: url, MODEL_RETRIES: '1' }), request())).toEqual({
      outcome: 'refused',
      message: expect.stringContaining(reason),
    });
  });

  it('because TLS is never spoken is refused in time', async () => {
    const silent = createServer();
    const port = await portOf(silent);
    const settings = { MODEL_BASE_URL: `https://localhost:${port}/v1`, MODEL_CONNECT_TIMEOUT_MS: '100', MODEL_RETRIES: '0' };
    const failed = await failure(modelWith(settings), request());
    silent.close();
    expect(failed).toEqual({ outcome: 'refused', message: expect.stringContaining('no connection within 100 ms') });
  });

  it('because nobody vouches for its certificate is refused, and nothing is sent', async () => {
    const fixture = (name: string): Buffer => readFileSync(new URL(`../../../../database/src/config/fixtures/localhost.${name}`, import.meta.url));
    let requests = 0;
    const stranger = createTlsServer({ key: fixture('key'), cert: fixture('crt') }, () => (requests += 1));
    const settings = { MODEL_BASE_URL: `https://localhost:${await portOf(stranger)}/v1`, MODEL_RETRIES: '0' };
    const failed = await failure(modelWith(settings), request());
    stranger.close();
    expect(failed).toEqual({ outcome: 'refused', message: expect.stringContaining('SELF_SIGNED_CERT') });
    expect(requests).toBe(0);
  });

  it('after the request was sent leaves the outcome unknown and is not made again', async () => {
    const asked = request();
    server.next({ kind: 'break' });
    expect(await failure(modelWith(), asked)).toEqual({ outcome: 'unknown', message: expect.stringContaining('the connection broke before its answer') });
    expect(countOf(asked)).toBe(1);
  });

  it.each([
    ['MODEL_FIRST_BYTE_TIMEOUT_MS', 'it did not begin to answer within 150 ms'],
    ['MODEL_TOTAL_TIMEOUT_MS', 'it was not done within 150 ms'],
  ])('by %s leaves the outcome unknown and frees the connection', async (setting, reason) => {
    const asked = request();
    server.next({ kind: 'hang' });
    expect(await failure(modelWith({ [setting]: '150' }), asked)).toEqual({ outcome: 'unknown', message: expect.stringContaining(reason) });
    expect(countOf(asked)).toBe(1);
    await server.until(({ open }) => open === 0);
  });

  it('is bounded in all, also while the answer drips', async () => {
    server.next({ kind: 'raw', pieces: [event(text('Hi'))], then: 'hang' });
    expect(await failure(modelWith({ MODEL_TOTAL_TIMEOUT_MS: '150' }), request())).toEqual({
      outcome: 'unknown',
      message: expect.stringContaining('it was not done within 150 ms'),
    });
  });
});

describe('a call that its caller ends', () => {
  it.each<[string, ModelBehaviour]>([
    ['before the answer', { kind: 'hang' }],
    ['within the answer', { kind: 'raw', pieces: [event(text('Hi'))], then: 'hang' }],
    ['after a complete answer whose stream stays open', { kind: 'raw', pieces: [event(stop)], then: 'hang' }],
    ['within a refusal', { kind: 'raw', status: 400, pieces: ['{'], then: 'hang' }],
    ['while it waits for a retry', { kind: 'raw', status: 503, headers: { 'retry-after': '60' }, pieces: [] }],
  ])('%s is aborted at once and frees the connection', async (_when, behaviour) => {
    const controller = new AbortController();
    const asked = request({ signal: controller.signal });
    server.next(behaviour);
    const failed = failure(modelWith({ MODEL_MAX_RETRY_AFTER_MS: '60000' }), asked);
    await server.until(() => countOf(asked) === 1);
    const began = performance.now();
    controller.abort();
    expect(await failed).toEqual({ outcome: 'aborted', message: expect.stringContaining('ended while it ran') });
    expect(performance.now() - began).toBeLessThan(1_000);
    await server.until(({ open }) => open === 0);
  });

  it('before it began never reaches the endpoint', async () => {
    const asked = request({ signal: AbortSignal.abort() });
    expect(await failure(modelWith(), asked)).toMatchObject({ outcome: 'aborted' });
    expect(countOf(asked)).toBe(0);
  });
});

it('carries out directives like the offline model where the test server is not told otherwise', async () => {
  const tools = [{ name: 'look', description: '', parameters: {} }];
  const messages = [{ role: 'user', content: '/call look {"x":1}' }] as const;
  const first: ModelAnswer = await modelWith().complete(request({ tools, messages }));
  expect(first.toolCalls).toEqual([{ id: 'offline_1', name: 'look', arguments: '{"x":1}' }]);
  const result = { role: 'tool', toolCallId: 'offline_1', content: 'seen' } as const;
  const rest = [{ role: 'assistant', content: first.content, toolCalls: first.toolCalls } as const, result];
  const last = await modelWith().complete(request({ tools, messages: [...messages, ...rest] }));
  expect(last).toMatchObject({ content: expect.stringContaining('- look: seen'), usage: { inputTokens: 11, outputTokens: 7, isEstimate: false } });
});

it('logs which model it is, and never the key', () => {
  logged.length = 0;
  modelWith();
  createLanguageModel(loadConfig(ModelConfig, {}), logger);
  expect(logged).toEqual([expect.stringContaining(server.url), expect.stringContaining('Language model: offline')]);
  expect(logged.join()).not.toContain(KEY);
});
