import { ModelCallError } from '../errors.js';
import type { ModelAnswer, ModelMessage, ModelRequest } from '../model.js';
import { OFFLINE_MARK, OfflineModel } from './offline-model.js';

const model = new OfflineModel();

function request(messages: readonly ModelMessage[], tools: readonly string[] = ['write_data', 'read_data']): ModelRequest {
  return {
    model: 'any',
    messages,
    tools: tools.map((name) => ({ name, description: name, parameters: { type: 'object' } })),
    parameters: {},
    idempotencyKey: 'key',
    signal: new AbortController().signal,
  };
}

/** The conversation after `answer` and the result of each of its calls. */
function after(messages: readonly ModelMessage[], answer: ModelAnswer, result: string): readonly ModelMessage[] {
  return [
    ...messages,
    { role: 'assistant', content: answer.content, toolCalls: answer.toolCalls },
    ...answer.toolCalls.map(({ id }) => ({ role: 'tool', toolCallId: id, content: result }) as const),
  ];
}

it('says that it is offline, quotes the prompt, costs nothing and counts from the text', async () => {
  const answer = await model.complete(request([{ role: 'user', content: 'Hello\nthere' }]));
  expect(answer).toMatchObject({ toolCalls: [], finishReason: 'stop', costMicros: 0, model: 'offline', usage: { isEstimate: true } });
  expect(answer.content).toMatch(/^\[offline model\] .* The prompt was: Hello there$/);
  expect(answer.usage.inputTokens).toBeGreaterThan(5);
  expect(answer.usage.outputTokens).toBe(Math.ceil((answer.content ?? '').length / 4));
});

it('carries out the directives of system and user prompt in order, one a turn, then quotes the results', async () => {
  const prompts: readonly ModelMessage[] = [
    { role: 'system', content: 'You write.\n/call write_data {"key":"a"}' },
    { role: 'user', content: 'Please:\n  /call read_data {"key": "b"}  \n/call read_data\nnot /call write_data {}' },
  ];
  const first = await model.complete(request(prompts));
  expect(first).toMatchObject({ content: null, finishReason: 'tool_calls', toolCalls: [{ id: 'offline_1', name: 'write_data', arguments: '{"key":"a"}' }] });
  const second = await model.complete(request(after(prompts, first, 'written')));
  expect(second.toolCalls).toEqual([{ id: 'offline_2', name: 'read_data', arguments: '{"key": "b"}' }]);
  const two = after(after(prompts, first, 'written'), second, 'x'.repeat(500));
  const third = await model.complete(request(two));
  expect(third.toolCalls).toEqual([{ id: 'offline_3', name: 'read_data', arguments: '{}' }]);
  const last = await model.complete(request(after(two, third, '"b"')));
  expect(last.toolCalls).toEqual([]);
  expect(last.content).toContain(OFFLINE_MARK);
  expect(last.content?.split('\n').slice(1)).toEqual(['- write_data: written', `- read_data: ${'x'.repeat(200)}…`, '- read_data: "b"']);
});

it('begins again with the next user prompt, with ids that the conversation has not seen', async () => {
  const prompts: readonly ModelMessage[] = [{ role: 'user', content: '/call read_data {}' }];
  const first = await model.complete(request(prompts));
  const next = await model.complete(request([...after(prompts, first, 'x'), { role: 'user', content: '/call write_data {"key":1}' }]));
  expect(next.toolCalls).toEqual([{ id: 'offline_2', name: 'write_data', arguments: '{"key":1}' }]);
});

it('says which tools the agent does not have, and leaves wrong JSON as it is', async () => {
  const prompts: readonly ModelMessage[] = [{ role: 'user', content: '/call fly {}\n/call read_data {nonsense' }];
  const first = await model.complete(request(prompts));
  expect(first.toolCalls).toEqual([{ id: 'offline_1', name: 'read_data', arguments: '{nonsense' }]);
  const last = await model.complete(request(after(prompts, first, 'refused')));
  expect(last.content).toContain('- read_data: refused\n- fly: not called, this agent has no such tool.');
});

it('gives the same answer for the same conversation', async () => {
  const prompts: readonly ModelMessage[] = [{ role: 'user', content: 'same' }];
  expect(await model.complete(request(prompts))).toEqual(await model.complete(request(prompts)));
});

it('is aborted by its signal', async () => {
  const aborted = { ...request([]), signal: AbortSignal.abort() };
  await expect(model.complete(aborted)).rejects.toMatchObject({ outcome: 'aborted' });
  await expect(model.complete(aborted)).rejects.toBeInstanceOf(ModelCallError);
});
