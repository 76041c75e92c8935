import type { LanguageModel, ModelAnswer, ModelRequest, ModelToolCall } from '../models/model.js';

/** What a stub answers a request with: text, calls of tools, or whatever it does itself. */
export type StubAnswer = string | { readonly calls: readonly (Omit<ModelToolCall, 'id' | 'arguments'> & { readonly args: object })[] } | Partial<ModelAnswer>;

/** A model that answers what a test says, and keeps what it was asked. */
export class StubModel implements LanguageModel {
  readonly requests: ModelRequest[] = [];

  constructor(private readonly answer: (request: ModelRequest, index: number) => StubAnswer | Promise<StubAnswer>) {}

  async complete(request: ModelRequest): Promise<ModelAnswer> {
    this.requests.push(request);
    return answerOf(await this.answer(request, this.requests.length - 1));
  }
}

/** A model that gives these answers in turn, and the last one from then on. */
export function answering(...answers: readonly StubAnswer[]): StubModel {
  return new StubModel((_request, index) => answers[Math.min(index, answers.length - 1)] ?? '');
}

/** The answer that calls one tool. */
export function calling(name: string, args: object = {}): StubAnswer {
  return { calls: [{ name, args }] };
}

function answerOf(answer: StubAnswer): ModelAnswer {
  const given = typeof answer === 'string' ? { content: answer } : 'calls' in answer ? { toolCalls: answer.calls.map(toolCallOf) } : answer;
  const toolCalls = given.toolCalls ?? [];
  return {
    content: null,
    toolCalls,
    finishReason: toolCalls.length === 0 ? 'stop' : 'tool_calls',
    usage: { inputTokens: 10, outputTokens: 5, isEstimate: false },
    costMicros: 7,
    model: 'stub',
    ...given,
  };
}

function toolCallOf({ name, args }: { readonly name: string; readonly args: object }, index: number): ModelToolCall {
  return { id: `call_${index}`, name, arguments: JSON.stringify(args) };
}
