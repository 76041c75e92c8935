import { randomUUID } from 'node:crypto';
import createClient, { type Client, type Middleware } from 'openapi-fetch';
import { fixedAuthorization, SessionAuthorization, type Authorization, type Tokens } from './authorization.js';
import { problemOf } from './problem-of.js';
import { followRun, type FollowOptions } from './runs/follow-run.js';
import type { RunEvent } from './runs/run-event.js';
import { IDEMPOTENT_OPERATIONS, type paths } from './schema.generated.js';
import { IDEMPOTENCY_KEY, sending } from './sending.js';

export interface PlinthClientOptions {
  /** Where the API is, as `https://plinth.example`, without `/v1`. */
  readonly baseUrl: string;
  /** An API key; it stays as it is. */
  readonly apiKey?: string;
  /** An access token without its refresh token: good until it expires. */
  readonly token?: string;
  /** Both tokens of a session, which is renewed when the access token has expired. */
  readonly session?: Tokens;
  /** Is handed each new pair of tokens of a session before it is used: keep it, the old refresh token is no longer good. */
  readonly onRenewed?: (tokens: Tokens) => void | Promise<void>;
  /** Instead of the global one. */
  readonly fetch?: typeof globalThis.fetch;
}

/**
 * The API with its types: `client.GET('/v1/agents/{id}', { params: { path: { id } } })`. Answers that are no success are thrown as
 * {@link PlinthApiError}, so that `data` is what the document says of a success; {@link dataOf} reads it.
 */
export interface PlinthClient extends Client<paths> {
  /** Every event of a run in order, each once, as it happens, to the one that ends the run. */
  followRun(runId: string, options?: FollowOptions): AsyncGenerator<RunEvent, void>;
}

/**
 * A client of the API. A POST that the API carries out once for one `Idempotency-Key` gets one of its own, and keeps it when it is
 * sent again; give another in `params.header` where it must outlive this process.
 */
export function createPlinthClient(options: PlinthClientOptions): PlinthClient {
  const baseUrl = options.baseUrl.replace(/\/+$/, '');
  const fetch = options.fetch ?? globalThis.fetch;
  const send = sending(authorizationOf(options, baseUrl, fetch), fetch);
  const client = createClient<paths>({ baseUrl, fetch: send });
  client.use(idempotency);
  return { ...client, followRun: (runId, follow) => followRun(send, baseUrl, runId, follow) };
}

function authorizationOf(
  { apiKey, token, session, onRenewed = () => undefined }: PlinthClientOptions,
  baseUrl: string,
  fetch: typeof globalThis.fetch,
): Authorization {
  return session === undefined ? fixedAuthorization(apiKey ?? token) : new SessionAuthorization(session, baseUrl, fetch, onRenewed);
}

const idempotency: Middleware = {
  onRequest({ request, schemaPath }) {
    if (!IDEMPOTENT_OPERATIONS.has(`${request.method} ${schemaPath}`) || request.headers.has(IDEMPOTENCY_KEY)) return undefined;
    request.headers.set(IDEMPOTENCY_KEY, randomUUID());
    return request;
  },
};

type Answered<A> = A extends { readonly data: infer T } ? T : never;

/** What a call answered: `const me = await dataOf(client.GET('/v1/me'))`. @throws what the call throws */
export async function dataOf<A extends { readonly data?: unknown; readonly response: Response }>(call: Promise<A>): Promise<Answered<A>> {
  const answer = await call;
  if (!isAnswered(answer)) throw await problemOf(answer.response);
  return answer.data;
}

/** The client throws every other answer; the types do not know it. */
function isAnswered<A extends { readonly data?: unknown; readonly response: Response }>(answer: A): answer is A & { readonly data: Answered<A> } {
  return answer.response.ok;
}
