import { newId } from '../../../ids.js';
import type { OpenApiDocument, OpenApiOperation } from './openapi.js';
import { proveRoutes, type RouteAnswer, type RouteProof } from './prove-routes.js';

const THEIRS = newId();
const SECRET = 'the plans of the other organization';
const UUIDS = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const own = new Set<string>();
const makeOwn = async (): Promise<string> => {
  const id = newId();
  own.add(id);
  return id;
};
const resources = { plans: { own: makeOwn, theirs: THEIRS }, planId: { own: makeOwn, theirs: THEIRS } };

interface Sent {
  readonly method: string;
  readonly url: URL;
  readonly body: unknown;
}

function answer(status: number, body: unknown = {}, headers: Readonly<Record<string, string>> = {}): RouteAnswer {
  const requestId = newId();
  return { status, headers: { 'x-request-id': requestId, date: new Date().toISOString(), ...headers }, text: JSON.stringify({ ...Object(body), requestId }) };
}

/** What an API without a leak answers to whoever asks for `id`. */
function honest(id: string | undefined): RouteAnswer {
  return id === undefined || own.has(id) ? answer(200, { id }) : answer(404, { detail: `There is no "${id}".` });
}

async function prove(paths: OpenApiDocument['paths'], handle: (sent: Sent) => RouteAnswer, more: Partial<RouteProof> = {}) {
  const sent: Sent[] = [];
  const schemas = {
    Move: {
      required: ['reason', 'planId'],
      properties: {
        reason: { type: 'string', example: 'why' },
        planId: { type: 'string', format: 'uuid' },
        watchers: { type: 'array', items: { $ref: '#/components/schemas/Watcher' } },
      },
    },
    Watcher: { properties: { planId: { type: 'string' } } },
  };
  const report = await proveRoutes(
    { paths, components: { schemas } },
    {
      request: async (method, path, { body }) => {
        const one = { method, url: new URL(path, 'http://api.test'), body };
        sent.push(one);
        return handle(one);
      },
      token: 'a token',
      resources,
      secrets: [SECRET],
      ...more,
    },
  );
  return { sent, report, verdicts: report.findings.map(({ object, verdict }) => `${object}: ${verdict}`) };
}

const plan: OpenApiOperation = { parameters: [{ name: 'id', in: 'path', required: true, schema: { format: 'uuid' } }] };
const move: OpenApiOperation = { requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Move' } } } } };
const idOf = ({ url }: Sent): string => url.pathname.split('/')[2] ?? '';

describe('the proof of the routes', () => {
  it("holds where another organization's id answers as nobody's does, in path, query and body", async () => {
    const paths = {
      '/plans': { get: { parameters: [{ name: 'planId', in: 'query', schema: { type: 'string' } }] }, post: move },
      '/plans/{id}': { delete: plan },
    };
    const { verdicts, sent } = await prove(paths, ({ url, body }) => {
      const named = `${url.href} ${JSON.stringify(body)}`.match(UUIDS) ?? [];
      return honest(named.find((id) => !own.has(id)) ?? named[0]);
    });
    expect(verdicts).toEqual(['GET /plans: held', 'GET /plans: held', 'POST /plans: held', 'POST /plans: held', 'DELETE /plans/{id}: held']);
    expect(sent.filter(({ method }) => method === 'POST').map(({ body }) => body)).toEqual(
      expect.arrayContaining([
        { reason: 'why', planId: THEIRS },
        { reason: 'why', planId: expect.any(String), watchers: [{ planId: THEIRS }] },
      ]),
    );
  });

  it.each<[string, (id: string) => RouteAnswer]>([
    ['its status', (id) => (id === THEIRS ? answer(403, { detail: `There is no "${id}".` }) : honest(id))],
    ['its body', (id) => (id === THEIRS ? answer(404, { detail: `"${id}" is not yours.` }) : honest(id))],
    ['a header', (id) => (id === THEIRS ? { ...honest(id), headers: { etag: 'W/"3"' } } : honest(id))],
    ['the row itself', (id) => (id === THEIRS ? answer(200, { id, name: SECRET }) : honest(id))],
  ])("sees a route that tells by %s that an id is somebody else's", async (_what, handle) => {
    const { verdicts } = await prove({ '/plans/{id}': { get: plan } }, (request) => handle(idOf(request)));
    expect(verdicts).toEqual(['GET /plans/{id}: broken']);
  });

  it('sees a leak through a property deep in the body, and through a filter', async () => {
    const leaky = (named: string): RouteAnswer => (named.includes(THEIRS) ? answer(409) : named.includes('planId') ? answer(404) : answer(200));
    const paths = { '/plans/move': { post: move }, '/plans': { get: { parameters: [{ name: 'planId', in: 'query', schema: { format: 'uuid' } }] } } };
    const { report } = await prove(paths, ({ url, body }) => leaky(`${url.search}${JSON.stringify(body) ?? ''}`));
    expect(report.broken.map(({ attack }) => attack)).toEqual([
      'another organization\'s id as "planId" in the body',
      'another organization\'s id as "planId" in the body',
      'another organization\'s id as "planId" in the query',
    ]);
  });

  it('sees a list that shows what is theirs', async () => {
    const { verdicts } = await prove({ '/plans': { get: {} }, '/news': { get: {} }, '/ids': { get: {} } }, ({ url }) =>
      answer(200, { items: [{ '/plans': SECRET, '/news': 'new', '/ids': THEIRS }[url.pathname]] }),
    );
    expect(verdicts).toEqual(['GET /plans: broken', 'GET /news: held', 'GET /ids: broken']);
  });

  it('sees a route that says "not found" and does it all the same', async () => {
    let state = 1;
    const { verdicts } = await prove(
      { '/plans/{id}': { delete: plan } },
      (request) => {
        if (idOf(request) === THEIRS) state += 1;
        return honest(idOf(request));
      },
      { stateOfTheirs: async () => state },
    );
    expect(verdicts).toEqual(['DELETE /plans/{id}: broken']);
  });

  it('could not look at a route it knows no ids for, wherever they go', async () => {
    const paths = {
      '/teams/{id}': { get: plan },
      '/plans': { post: move },
      '/notes': { get: { parameters: [{ name: 'author_id', in: 'query' }] } },
      '/plans/{id}/teams/{teamId}': { get: {} },
    };
    const { report } = await prove(paths, () => answer(404), { resources: { plans: resources.plans } });
    expect(report.unknown.map(({ object, expected }) => `${object} wants ${expected}`)).toEqual([
      'GET /teams/{id} wants ids for "teams" or "id" in `resources`',
      'POST /plans wants ids for "planId" in `resources`',
      'POST /plans wants ids for "planId" in `resources`',
      'GET /notes wants ids for "author_id" in `resources`',
      'GET /notes wants an answer',
      'GET /plans/{id}/teams/{teamId} wants ids for "teams" or "teamId" in `resources`',
      'GET /plans/{id}/teams/{teamId} wants ids for "teams" or "teamId" in `resources`',
    ]);
    expect(report.held).toBe(0);
  });

  it.each([
    ['finds nothing, whoever asks', () => answer(404)],
    ['answers the same to everything', () => answer(204)],
    ['fails', () => answer(500)],
  ])('takes no comfort from a route that %s', async (_what, handle) => {
    const { verdicts } = await prove({ '/plans/{id}': { get: plan } }, handle);
    expect(verdicts).toEqual(['GET /plans/{id}: unknown']);
  });
});
