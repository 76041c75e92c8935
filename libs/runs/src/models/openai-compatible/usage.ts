import type { ModelUsage } from '../model.js';
import { asObject } from './json-reading.js';

/** More than any call uses: a number beyond it is a mistake of the endpoint. */
const MOST_TOKENS = 100_000_000;

/** What the endpoint says a call used; undefined where it does not say, or says what cannot be (negative, a fraction, huge). */
export function readUsage(value: unknown): ModelUsage | undefined {
  const usage = asObject(value);
  const [inputTokens, outputTokens] = [usage?.['prompt_tokens'], usage?.['completion_tokens']];
  return isCount(inputTokens) && isCount(outputTokens) ? { inputTokens, outputTokens, isEstimate: false } : undefined;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MOST_TOKENS;
}
