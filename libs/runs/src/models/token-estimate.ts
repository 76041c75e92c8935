import type { ModelAnswer, ModelRequest, ModelUsage } from './model.js';

/** Roughly what a token of English text is long. */
const CHARACTERS_PER_TOKEN = 4;

/** What a call used, counted from the length of its text: for a model that does not say. */
export function estimateUsage(request: Pick<ModelRequest, 'messages' | 'tools'>, answer: Pick<ModelAnswer, 'content' | 'toolCalls'>): ModelUsage {
  return {
    inputTokens: tokensOf(JSON.stringify([request.messages, request.tools])),
    outputTokens: tokensOf((answer.content ?? '') + answer.toolCalls.map((call) => call.name + call.arguments).join('')),
    isEstimate: true,
  };
}

function tokensOf(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}
