import type { IncomingMessage } from 'node:http';
import { ModelCallError } from '../errors.js';
import { errorText } from './answer-assembler.js';
import { boundedText } from './bounded-body.js';
import type { Quote } from './endpoint-text.js';
import { asObject, parseJson } from './json-reading.js';
import { NotCarriedOutError } from './not-carried-out.js';
import { parseRetryAfter } from './retry-after.js';

/** An error needs no more. */
const BOUNDS = { maxBytes: 64_000, idleMs: 5_000 };
const TRY_AGAIN = new Set([429, 503]);

/** The error that an answer of another status than 200 is. */
export async function refusalOf(response: IncomingMessage, quote: Quote): Promise<ModelCallError> {
  const status = response.statusCode ?? 0;
  if (status >= 300 && status < 400) {
    response.destroy();
    return new ModelCallError(
      'refused',
      `it answered ${status}, a redirect, which is not followed: the key would travel. Set MODEL_BASE_URL to where it leads.`,
    );
  }
  const reason = `it answered ${status}${await detailOf(response, quote)}`;
  if (TRY_AGAIN.has(status)) return new NotCarriedOutError(reason, parseRetryAfter(response.headers['retry-after'], Date.now()));
  return new ModelCallError(status >= 400 && status < 500 ? 'refused' : 'unknown', reason);
}

/** What it says beside the status, if that can be read. */
async function detailOf(response: IncomingMessage, quote: Quote): Promise<string> {
  try {
    const text = await boundedText(response, BOUNDS);
    const error = asObject(parseJson(text))?.['error'];
    const detail = quote(error === undefined ? text : errorText(error));
    return detail === '' ? '.' : `: ${detail}`;
  } catch (error) {
    if (error instanceof ModelCallError) return '.';
    throw error;
  }
}
