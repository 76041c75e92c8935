import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createPlinthClient, dataOf } from './create-plinth-client.js';
import { PlinthApiError, PlinthProtocolError, PlinthUnreachableError } from './errors.js';
import type { RunEvent } from './runs/run-event.js';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A server that speaks the protocol, and wrongly too: each request gets the next answer, the last one for ever. */
let server: Server;
let baseUrl: string;
let answers: Answer[] = [];
const asked: { readonly method: string; readonly url: string; readonly headers: Readonly<Record<string, unknown>> }[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    request.resume().on('end', () => answer?.(request, response));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  baseUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});

beforeEach(() => asked.splice(0));
afterAll(() => server.close());

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  (_request, response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
const broken: Answer = (request) => request.socket.destroy();
const stream =
  (text: string, ending: 'ends' | 'breaks' = 'ends'): Answer =>
  (request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(text, () => (ending === 'ends' ? response.end() : request.socket.destroy()));
  };
const event = (id: number | string, type: string, data: string): string => `id: ${id}\nevent: ${type}\ndata: ${data}\n\n`;

async function follow(options?: Parameters<ReturnType<typeof createPlinthClient>['followRun']>[1]): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const one of createPlinthClient({ baseUrl, token: 't' }).followRun('r', options)) events.push(one);
  return events;
}

describe('a request', () => {
  it('is sent again with the same Idempotency-Key where nobody answered, and where the service is overloaded', async () => {
    answers = [broken, json(503, {}, { 'retry-after': '0' }), json(201, { id: 'a' })];
    const made = await dataOf(createPlinthClient({ baseUrl, token: 't' }).POST('/v1/agents', { body: { name: 'one' } }));
    expect(made).toEqual({ id: 'a' });
    const keys = asked.map(({ headers }) => headers['idempotency-key']);
    expect(keys).toEqual([keys[0], keys[0], keys[0]]);
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('keeps a key that it was given', async () => {
    answers = [json(201, {})];
    const header = { 'Idempotency-Key': 'mine' };
    await createPlinthClient({ baseUrl, token: 't' }).POST('/v1/agents', { params: { header }, body: { name: 'one' } });
    expect(asked[0]?.headers['idempotency-key']).toBe('mine');
  });

  it('is sent once where it may not be carried out twice', async () => {
    answers = [broken];
    const call = createPlinthClient({ baseUrl }).POST('/v1/auth/login', { body: { email: 'ada@example.test', password: 'wrong' } });
    await expect(call).rejects.toThrow(PlinthUnreachableError);
    expect(asked).toHaveLength(1);
  });

  it('hears at once of a pause that is long', async () => {
    answers = [json(503, { code: 'UNAVAILABLE', detail: 'Later.' }, { 'retry-after': '60' })];
    const call = createPlinthClient({ baseUrl, token: 't' }).GET('/v1/me');
    await expect(call).rejects.toMatchObject({ status: 503, code: 'UNAVAILABLE', retryAfterSeconds: 60 });
    expect(asked).toHaveLength(1);
  });

  it('is a problem too where something in between answers what is no problem document', async () => {
    answers = [(_request, response) => response.writeHead(403, { 'x-request-id': 'of the proxy' }).end('<h1>no</h1>')];
    const error: unknown = await createPlinthClient({ baseUrl, token: 't' })
      .GET('/v1/me')
      .catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(PlinthApiError);
    expect(error).toMatchObject({ status: 403, code: 'HTTP_403', errors: [], requestId: 'of the proxy' });
  });

  it('renews a session once, also where the new token is refused', async () => {
    answers = [json(401, { code: 'TOKEN_EXPIRED' }), json(200, { accessToken: 'b', refreshToken: 's' }), json(401, { code: 'SESSION_ENDED' })];
    const kept: unknown[] = [];
    const client = createPlinthClient({ baseUrl, session: { accessToken: 'a', refreshToken: 'r' }, onRenewed: (tokens) => void kept.push(tokens) });
    await expect(client.GET('/v1/me')).rejects.toMatchObject({ code: 'SESSION_ENDED' });
    expect(asked.map(({ url, headers }) => [url, headers['authorization']])).toEqual([
      ['/v1/me', 'Bearer a'],
      ['/v1/auth/refresh', undefined],
      ['/v1/me', 'Bearer b'],
    ]);
    expect(kept).toEqual([{ accessToken: 'b', refreshToken: 's' }]);
  });

  it('cannot go on with a session that has no tokens', async () => {
    answers = [json(401, {}), json(200, {})];
    const client = createPlinthClient({ baseUrl, session: { accessToken: 'a', refreshToken: 'r' } });
    await expect(client.GET('/v1/me')).rejects.toThrow(PlinthProtocolError);
  });
});

describe('following a run', () => {
  const queued = event(1, 'RUN_STATUS', '{"status":"QUEUED"}');
  const running = event(2, 'RUN_STATUS', '{"status":"RUNNING"}');
  const completed = event(3, 'RUN_STATUS', '{"status":"COMPLETED"}');

  it('gives each event once, in order, over connections that end or break, and stops with the run', async () => {
    answers = [stream(`retry: 1\n\n${queued}`, 'breaks'), broken, stream(`: still here\n\n${running}`), stream(running + completed)];
    expect(await follow()).toEqual([
      { number: 1, type: 'RUN_STATUS', data: { status: 'QUEUED' } },
      { number: 2, type: 'RUN_STATUS', data: { status: 'RUNNING' } },
      { number: 3, type: 'RUN_STATUS', data: { status: 'COMPLETED' } },
    ]);
    expect(asked.map(({ headers }) => headers['last-event-id'])).toEqual(['0', '1', '1', '2']);
  });

  it('goes on after a number, and ends where there is nothing after it', async () => {
    answers = [(_request, response) => response.writeHead(204).end()];
    expect(await follow({ after: 3 })).toEqual([]);
    expect(asked[0]?.headers['last-event-id']).toBe('3');
  });

  it('reads lines that end in any way and come in pieces', async () => {
    const pieces = ['id: 1\r', '\nevent: RUN_STATUS\rdata: {"status":\r\n', 'data: "CANCELLED"}\n\r', '\n'];
    answers = [
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        const next = (): void => {
          const piece = pieces.shift();
          if (piece === undefined) response.end();
          else response.write(piece, () => setImmediate(next));
        };
        next();
      },
    ];
    expect(await follow()).toEqual([{ number: 1, type: 'RUN_STATUS', data: { status: 'CANCELLED' } }]);
  });

  it('throws where there is no such run, and where an event is none', async () => {
    answers = [json(404, { code: 'RUN_NOT_FOUND', detail: 'No.' })];
    await expect(follow()).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
    answers = [stream(event('x', 'RUN_STATUS', '{}'))];
    await expect(follow()).rejects.toThrow(PlinthProtocolError);
  });

  it('gives up where nobody answers for too long', async () => {
    answers = [broken];
    await expect(follow({ giveUpAfterMs: 0 })).rejects.toThrow(PlinthUnreachableError);
  });

  it('ends with its signal', async () => {
    const leaving = new AbortController();
    answers = [(_request, response) => response.writeHead(200).write(queued, () => leaving.abort(new Error('enough')))];
    await expect(follow({ signal: leaving.signal })).rejects.toThrow('enough');
  });
});
