import { Agent, createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { newId, observeBatches } from '#database';
import { createTestDatabase, type TestDatabase } from '#database/testing';
import { RunFollower } from '#runs';
import { RunStreams } from '../src/runs/events/run-streams.js';
import { asSuperuser } from './support/as-superuser.js';
import { eventually } from './support/eventually.js';
import type { Answer } from './support/http-client.js';
import { addMember } from './support/members.js';
import { register, startApi, type RegisteredPerson, type RunningApi } from './support/running-api.js';
import { startRunWorker } from './support/run-worker.js';
import { makeAgent, startRun } from './support/runs.js';
import { openStream, type SseOptions, type SseStream } from './support/sse-client.js';

let database: TestDatabase;
let api: RunningApi;
let ada: RegisteredPerson;
/** What the API is connected to, by the port of the client. */
const sockets = new Map<number | undefined, Socket>();

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  api.app.getHttpServer().on('connection', (socket) => sockets.set(socket.remotePort, socket));
  ada = await register(api, 'Ada');
  await makeAgent(api, ada, 'helper', ['write_data']);
});

afterAll(async () => {
  await api?.close();
  await database?.drop();
});

const pathOf = (id: string, query = ''): string => `/v1/runs/${id}/events${query}`;
const open = (id: string, options: Partial<SseOptions> = {}, query = ''): Promise<SseStream> =>
  openStream(api.url, pathOf(id, query), { token: ada.token, ...options });
const start = (): Promise<string> => startRun(api, ada, 'helper');
const cancel = (id: string): Promise<Answer> => api.call('POST', `/v1/runs/${id}/cancel`, { token: ada.token });
const numbersOf = ({ messages }: SseStream): number[] => messages.map(({ id }) => id);
const upTo = (last: number, first = 1): number[] => Array.from({ length: last - first + 1 }, (_, index) => first + index);
const openNow = (of: RunningApi = api): number[] => [of.app.get(RunStreams).size, of.app.get(RunFollower, { strict: false }).size];

/** Adds events to a run, as a worker would, in one transaction. `bytes` is how large each is. */
const happens = (runId: string, count = 1, bytes = 10): Promise<unknown> =>
  asSuperuser(
    database,
    `with counted as (update app.run set event_count = event_count + $2 where id = $1 returning org_id, id, event_count)
     insert into app.run_event (org_id, run_id, number, type, data)
     select org_id, id, event_count - $2 + n, 'STEP_STARTED', jsonb_build_object('name', repeat('x', $3)) from counted, generate_series(1, $2::int) n`,
    [runId, count, bytes],
  );

describe('a stream', () => {
  it('tells what is there, what comes, and ends with the run', async () => {
    const id = await start();
    const stream = await open(id);
    expect(stream).toMatchObject({ status: 200 });
    expect(stream.response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-request-id': expect.any(String),
    });
    await stream.message(({ id: number }) => number === 1);
    await happens(id);
    await stream.message(({ event }) => event === 'STEP_STARTED');
    await cancel(id);
    await stream.ended;
    expect(stream.response.complete).toBe(true);
    expect(stream.told).toEqual(['RUN_STATUS QUEUED', 'STEP_STARTED', 'RUN_STATUS CANCELLED']);
    expect(numbersOf(stream)).toEqual([1, 2, 3]);
  });

  it('goes on after the event that the client has, without gaps or doubles', async () => {
    const id = await start();
    await happens(id, 150);
    const first = await open(id);
    await first.message(({ id: number }) => number === 70);
    first.leave();
    await happens(id, 20);
    // As a browser does: the address of the first time, and how far it came since.
    const second = await open(id, { headers: { 'last-event-id': '70' } }, '?after=3');
    await second.message(({ id: number }) => number === 171);
    await cancel(id);
    await second.ended;
    expect(numbersOf(second)).toEqual(upTo(172, 71));
    const third = await open(id, {}, '?after=171');
    await third.ended;
    expect(third.told).toEqual(['RUN_STATUS CANCELLED']);
    for (const after of ['172', '9000']) {
      const nothing = await open(id, { headers: { 'last-event-id': after } });
      await nothing.ended;
      expect([nothing.status, nothing.messages]).toEqual([204, []]);
    }
  });

  it('is refused for a position that is none', async () => {
    const id = await start();
    for (const header of ['-1', 'x', '99999999999', '1.5']) {
      const { status, body } = await api.call('GET', pathOf(id), { token: ada.token, headers: { 'last-event-id': header } });
      expect([header, status, body['errors']]).toEqual([header, 400, [expect.objectContaining({ field: 'Last-Event-ID' })]]);
    }
    expect(await api.call('GET', pathOf(id, '?after=-1'), { token: ada.token })).toMatchObject({ status: 400, body: { errors: [{ field: 'after' }] } });
  });

  it('is a page of events for those who accept JSON', async () => {
    const id = await start();
    await happens(id, 4);
    const page = (query: string): Promise<Answer> => api.call('GET', pathOf(id, query), { token: ada.token, headers: { accept: 'application/json' } });
    expect((await page('?limit=2')).body).toMatchObject({
      items: [{ number: 1, type: 'RUN_STATUS', data: { status: 'QUEUED' }, createdAt: expect.any(String) }, { number: 2 }],
      nextAfter: 2,
      isOver: false,
    });
    expect((await page('?after=5')).body).toEqual({ items: [], nextAfter: 5, isOver: false });
    await cancel(id);
    expect((await page('?after=5')).body).toMatchObject({ items: [{ number: 6 }], nextAfter: 6, isOver: true });
    expect((await page('?after=6')).body).toEqual({ items: [], nextAfter: 6, isOver: true });
  });

  it('of another organization or of nobody is not there, both alike, as a stream and as a page', async () => {
    const eve = await register(api, 'Eve');
    const id = await start();
    for (const accept of ['text/event-stream', 'application/json']) {
      const answers = await Promise.all(
        [id, newId()].map((run) => api.call('GET', pathOf(run), { token: eve.token, headers: { accept, 'x-request-id': 'same' } })),
      );
      expect(answers[0]).toMatchObject({ status: 404, body: { code: 'RUN_NOT_FOUND' } });
      expect(answers[0]?.text).toBe(answers[1]?.text);
    }
  });

  it('whose client goes away is forgotten at once', async () => {
    const id = await start();
    const streams = await Promise.all([open(id), open(id), open(id)]);
    expect(openNow()).toEqual([3, 1]);
    for (const stream of streams) stream.leave();
    await eventually(async () => expect(openNow()).toEqual([0, 0]), 1_000);
  });

  it('is not opened by HEAD, nor left open by it', async () => {
    const answer = await api.call('HEAD', pathOf(await start()), { token: ada.token });
    expect(answer).toMatchObject({ status: 200, text: '' });
    await eventually(async () => expect(openNow()).toEqual([0, 0]), 1_000);
  });

  it('loses nothing when the listening connection breaks', async () => {
    const id = await start();
    const stream = await open(id);
    await stream.message(({ id: number }) => number === 1);
    const killed = await asSuperuser(
      database,
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'plinth-api listen'`,
    );
    expect(killed).toHaveLength(1);
    await happens(id);
    await stream.message(({ id: number }) => number === 2);
    await cancel(id);
    await stream.ended;
    expect(numbersOf(stream)).toEqual([1, 2, 3]);
  });
});

describe('a client that is slow', () => {
  /** What the API has handed to the socket of a client, in bytes. */
  function sentBy(port: number | undefined): number {
    const socket = sockets.get(port);
    if (socket === undefined) throw new Error('The API knows no such client.');
    return socket.bytesWritten + socket.writableLength;
  }

  it('is sent no more than it takes, and gets all of it in the end', async () => {
    const id = await start();
    const [events, bytes] = [3_000, 20_000];
    await happens(id, events, bytes);
    const received: number[] = [];
    let rest = '';
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request(api.url + pathOf(id), { agent: false, headers: { authorization: `Bearer ${ada.token}` } }, resolve)
        .once('error', reject)
        .end();
    });
    response.setEncoding('utf8');
    let before = -1;
    // Nobody reads: what the API has sent stops growing once the buffers of both sockets are full.
    await eventually(async () => {
      const now = sentBy(response.socket.localPort);
      const grown = now !== before;
      before = now;
      expect(grown).toBe(false);
    });
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan((events * bytes) / 3);
    const done = new Promise<void>((resolve) => response.once('close', resolve));
    response.on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      received.push(...lines.flatMap((line) => (line.startsWith('id: ') ? [Number(line.slice(4))] : [])));
      if (received.at(-1) === events + 1) void cancel(id);
    });
    await done;
    expect(received).toEqual(upTo(events + 2));
  });
});

describe('a caller who may no longer', () => {
  const within5s = async (stream: SseStream, change: () => Promise<unknown>): Promise<void> => {
    await stream.message(() => true);
    const [changedAt] = [performance.now(), await change()];
    await stream.ended;
    expect(performance.now() - changedAt).toBeLessThan(5_000);
    expect(stream.told.at(-1)).toBe('RUN_STATUS QUEUED');
  };

  it('(a member who was removed, a key that was revoked, one who stops reading) has no stream 5 s later; others keep theirs', async () => {
    const id = await start();
    const member = await addMember(database, api, ada.orgId, 'VIEWER');
    const stalled = await addMember(database, api, ada.orgId, 'VIEWER');
    const key = await api.call('POST', '/v1/api-keys', { token: ada.token, json: { name: 'follows', scopes: ['run:read'] } });
    const kept = await open(id);
    const silent = await open(id, { token: stalled.token });
    silent.response.pause();
    await happens(id, 2_000, 5_000);
    await eventually(async () => expect(openNow()[0]).toBe(2));
    const remove = (userId: string): Promise<unknown> => asSuperuser(database, 'delete from app.organization_user where user_id = $1', [userId]);
    const other = await start();
    await Promise.all([
      within5s(await open(other, { token: member.token }), () => remove(member.userId)),
      within5s(await open(other, { token: String(key.body['key']) }), () => api.call('DELETE', `/v1/api-keys/${String(key.body['id'])}`, { token: ada.token })),
      remove(stalled.userId),
    ]);
    await eventually(async () => expect(openNow()).toEqual([1, 1]), 6_000);
    silent.leave();
    await cancel(id);
    await kept.ended;
    expect(kept.told.at(-1)).toBe('RUN_STATUS CANCELLED');
  });
});

describe('the end of the process', () => {
  it('ends the streams cleanly, of a client that does not read too, and does not wait for them', async () => {
    const ending = await startApi(database);
    const id = await start();
    await happens(id, 2_000, 5_000);
    const [stream, stalled] = [await openStream(ending.url, pathOf(id), { token: ada.token }), await openStream(ending.url, pathOf(id), { token: ada.token })];
    stalled.response.pause();
    await stream.message(({ id: number }) => number === 2_001);
    const closing = performance.now();
    await ending.close();
    expect(performance.now() - closing).toBeLessThan(4_000);
    await stream.ended;
    expect(stream.response.complete).toBe(true);
    stalled.leave();
    const next = await open(id, { headers: { 'last-event-id': '2001' } });
    await cancel(id);
    await next.ended;
    expect(next.told).toEqual(['RUN_STATUS CANCELLED']);
  });
});

describe('a thousand streams', () => {
  it('cost one connection, and one statement a run and event', async () => {
    const RUNS = 5;
    const runs = await Promise.all(Array.from({ length: RUNS }, start));
    const agent = new Agent({ maxSockets: Infinity });
    const streams = await Promise.all(Array.from({ length: 1_000 }, (_, index) => open(runs[index % RUNS] ?? '', { agent })));
    expect(openNow()).toEqual([1_000, RUNS]);
    await Promise.all(streams.map((stream) => stream.message(({ id }) => id === 1)));
    const listening = await asSuperuser<{ name: string; count: number }>(
      database,
      `select application_name as name, count(*)::int as count from pg_stat_activity where datname = current_database() and application_name like 'plinth-api%' group by 1`,
    );
    expect(listening).toEqual(expect.arrayContaining([{ name: 'plinth-api listen', count: 1 }]));
    expect(listening.reduce((sum, { count }) => sum + count, 0)).toBeLessThanOrEqual(16);

    let statements = 0;
    const stop = observeBatches(({ pool }) => (statements += pool === 'tenant' ? 1 : 0));
    await Promise.all(runs.map((id) => happens(id)));
    await Promise.all(streams.map((stream) => stream.message(({ id }) => id === 2)));
    stop();
    expect(statements).toBeLessThanOrEqual(2 * RUNS);
    await Promise.all(runs.map(cancel));
    await Promise.all(streams.map(({ ended }) => ended));
    expect(new Set(streams.map((stream) => numbersOf(stream).join()))).toEqual(new Set(['1,2,3']));
    await eventually(async () => expect(openNow()).toEqual([0, 0]), 1_000);
  });
});

describe('a run whose model hangs', () => {
  let model: Server;

  beforeAll(async () => {
    // What the tests above left queued would hang as well.
    await asSuperuser(database, 'delete from app.job');
    model = createServer((incoming) => incoming.resume());
    await new Promise<void>((resolve) => model.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    model.closeAllConnections();
    await new Promise<void>((resolve) => model.close(() => resolve()));
  });

  it('is seen to be cancelled on the stream within 2 s', async () => {
    const called = new Promise<void>((resolve) => model.once('request', () => resolve()));
    const worker = await startRunWorker(database, `http://127.0.0.1:${(model.address() as AddressInfo).port}/v1`);
    try {
      const id = await start();
      const stream = await open(id);
      await stream.message(({ event }) => event === 'STEP_STARTED');
      await called;
      const cancelledAt = performance.now();
      expect(await cancel(id)).toMatchObject({ status: 200, body: { status: 'CANCELLED' } });
      await stream.ended;
      expect(performance.now() - cancelledAt).toBeLessThan(2_000);
      expect(stream.told).toEqual(['RUN_STATUS QUEUED', 'RUN_STATUS RUNNING', 'STEP_STARTED', 'STEP_ENDED CANCELLED', 'RUN_STATUS CANCELLED']);
    } finally {
      await worker.close();
    }
  });
});
