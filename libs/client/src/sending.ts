import { setTimeout as pause } from 'node:timers/promises';
import type { Authorization } from './authorization.js';
import { PlinthUnreachableError } from './errors.js';
import { problemOf, retryAfterOf } from './problem-of.js';

export const IDEMPOTENCY_KEY = 'idempotency-key';

const ATTEMPTS = 3;
const FIRST_PAUSE_MS = 200;
/** Who is told to come back later than this hears of it at once instead. */
const LONGEST_PAUSE_MS = 5_000;
/** Methods that change nothing, or nothing more when they are carried out again. A DELETE would answer that there is no such thing. */
const REPEATABLE = new Set(['GET', 'HEAD', 'PUT']);
/** The answers of something in between, or of an overloaded service. */
const UNAVAILABLE = new Set([502, 503, 504]);

type Outcome = Response | PlinthUnreachableError;

/**
 * A `fetch` that signs each request, renews an expired session once, and tries again where nobody answered or the service was
 * overloaded: only requests that may be carried out twice, and those with an Idempotency-Key, which goes along unchanged.
 * @returns a fetch that answers successes only
 * @throws PlinthApiError, PlinthUnreachableError, and the reason of the request's signal
 */
export function sending(authorization: Authorization, fetch: typeof globalThis.fetch): (request: Request) => Promise<Response> {
  return async (request) => {
    const mayRepeat = REPEATABLE.has(request.method) || request.headers.has(IDEMPOTENCY_KEY);
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await sendSigned(request, authorization, fetch);
      if (outcome instanceof Response && outcome.ok) return outcome;
      const wait = mayRepeat && attempt < ATTEMPTS ? pauseAfter(outcome, attempt) : undefined;
      if (wait === undefined) throw outcome instanceof Response ? await problemOf(outcome) : outcome;
      await pause(wait, undefined, { signal: request.signal });
    }
  };
}

/** One attempt; a second with the renewed session where the first was answered 401. */
async function sendSigned(request: Request, authorization: Authorization, fetch: typeof globalThis.fetch): Promise<Outcome> {
  const token = authorization.current();
  const outcome = await sendOnce(request, token, fetch);
  const isRefused = outcome instanceof Response && outcome.status === 401;
  if (!isRefused || !(await authorization.renew(token))) return outcome;
  await outcome.body?.cancel();
  return sendOnce(request, authorization.current(), fetch);
}

async function sendOnce(request: Request, token: string | undefined, fetch: typeof globalThis.fetch): Promise<Outcome> {
  const copy = request.clone();
  if (token !== undefined) copy.headers.set('authorization', `Bearer ${token}`);
  try {
    return await fetch(copy);
  } catch (cause) {
    request.signal.throwIfAborted();
    return new PlinthUnreachableError(new URL(request.url).origin, cause);
  }
}

/** Milliseconds until another attempt; undefined where none helps. */
function pauseAfter(outcome: Outcome, attempt: number): number | undefined {
  const usual = FIRST_PAUSE_MS * 2 ** (attempt - 1);
  if (!(outcome instanceof Response)) return usual;
  const told = retryAfterOf(outcome);
  // The first request of this Idempotency-Key is still being carried out.
  const isBusy = UNAVAILABLE.has(outcome.status) || (outcome.status === 409 && told !== null);
  if (!isBusy) return undefined;
  const wait = told === null ? usual : told * 1_000;
  return wait <= LONGEST_PAUSE_MS ? wait : undefined;
}
