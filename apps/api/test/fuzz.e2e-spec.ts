import fc from 'fast-check';
import { createTestDatabase, type TestDatabase } from '#database/testing';
import { Actors } from './support/fuzz/actors.js';
import { routesOf, type Document, type Route } from './support/fuzz/document.js';
import { Judge } from './support/fuzz/judge.js';
import { ETAG, requestsTo, type FuzzedRequest } from './support/fuzz/requests.js';
import { RawClient, type RawAnswer } from './support/fuzz/send.js';
import { known, KNOWN } from './support/fuzz/values.js';
import { startApi, type RunningApi } from './support/running-api.js';

/** How many requests each route gets, and where the sequence begins: the same ones each time, unless somebody asks for more. */
const CASES = Number(process.env['PLINTH_FUZZ_CASES'] ?? 20);
const SEED = Number(process.env['PLINTH_FUZZ_SEED'] ?? (process.env['PLINTH_FUZZ_CASES'] === undefined ? 4 : Date.now() % 2 ** 31));
const LANES = 4;
/** Only routes with this in their method or path, to look closer. */
const ONLY = process.env['PLINTH_FUZZ_ROUTE'] ?? '';

let database: TestDatabase;
let api: RunningApi;
let actors: Actors;
let client: RawClient;
let document: Document;
let judge: Judge;

beforeAll(async () => {
  database = await createTestDatabase();
  // No worker carries runs out here, and none may be refused for those that wait.
  api = await startApi(database, { RUN_MAX_PER_ORGANIZATION: '100000' });
  client = new RawClient(api.url);
  document = JSON.parse((await api.call('GET', '/docs-json')).text) as Document;
  judge = new Judge(document);
  actors = await Actors.make(api, database);
});

afterAll(async () => {
  client?.close();
  await api?.close();
  await database?.drop();
});

/** The text with everything filled in that it knows of. */
async function filled(text: string): Promise<string> {
  const names = [...text.matchAll(KNOWN)].map(([, name = '']) => name);
  let result = text;
  for (const name of names) {
    const value = await actors.known(name);
    result = result.replace(`known(${name})`, () => value);
  }
  return result;
}

/** The entity tag that the path has for an owner. */
async function tagOf(target: string): Promise<string> {
  const { headers } = await client.send({
    method: 'GET',
    target,
    headers: { authorization: `Bearer ${(await actors.token('owner')) ?? ''}` },
    body: undefined,
  });
  return headers['etag'] ?? '"1"';
}

async function send(request: FuzzedRequest, isSpent = false): Promise<RawAnswer> {
  const { actor, method, headers } = request;
  const [token, target] = [await actors.token(actor, isSpent), await filled(request.target)];
  const tag: FuzzedRequest['headers'] = headers['If-Match'] === known(ETAG) ? { 'If-Match': await tagOf(target) } : {};
  const answer = await client.send({
    method,
    target,
    headers: { ...headers, ...tag, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    body: request.body === undefined ? undefined : await filled(request.body),
  });
  return answer.status === 401 && token !== undefined && !isSpent ? send(request, true) : answer;
}

/** Remembers what was made, for requests to come. */
function learn({ path }: Route, { status, text }: RawAnswer): void {
  if (status !== 201 && status !== 202) return;
  const { id } = JSON.parse(text) as { id?: unknown };
  const collection = path.split('/').findLast((part) => !part.startsWith('{'));
  if (typeof id === 'string' && collection !== undefined) actors.learn(collection, id);
}

/** Sends a route its requests. Answers what was wrong first, made as small as it goes, and the statuses there were. */
async function fuzz(route: Route): Promise<{ fault: string | undefined; statuses: ReadonlySet<number> }> {
  const statuses = new Set<number>();
  const property = fc.asyncProperty(requestsTo(document, route), async (request) => {
    const answer = await send(request);
    statuses.add(answer.status);
    const faults = judge.faults(route, answer);
    if (faults.length > 0) throw new Error(`${answer.status} ${answer.text.slice(0, 400)}: ${faults.join('; ')}`);
    learn(route, answer);
  });
  const { failed, counterexample, errorInstance, seed } = await fc.check(property, { numRuns: CASES, seed: SEED, interruptAfterTimeLimit: 60_000 });
  const fault = failed
    ? `${route.method} ${route.path} (seed ${seed}): ${String(errorInstance)}\n  ${JSON.stringify(counterexample).slice(0, 1_500)}`
    : undefined;
  return { fault, statuses };
}

it(
  'every route answers whatever is sent as its documentation says: no failure, no hang, no unknown shape',
  async () => {
    const routes = routesOf(document).filter(({ method, path }) => `${method} ${path}`.includes(ONLY));
    const waiting = routes.values();
    const faults: string[] = [];
    const silent: string[] = [];
    const lane = async (): Promise<void> => {
      for (const route of waiting) {
        const { fault, statuses } = await fuzz(route);
        if (fault !== undefined) faults.push(fault);
        if (![...statuses].some((status) => status < 300)) silent.push(`${route.method} ${route.path}`);
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    expect(faults.join('\n')).toBe('');
    expect(routes.length).toBeGreaterThan(0);
    // Requests of which nothing succeeds would prove little: most routes must have done what they are for.
    expect(ONLY === '' ? silent.length : 0).toBeLessThan(routes.length / 6);
  },
  60_000 + 10_000 * CASES,
);

describe('the judge', () => {
  const ID = '0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3c';
  const page = { items: [], nextCursor: null };
  const problem = { type: 'urn:plinth:problem:run-not-found', title: 'Not Found', status: 404, code: 'RUN_NOT_FOUND', detail: 'There is none.', requestId: ID };
  const headers = { 'x-request-id': ID };
  const json = { ...headers, 'content-type': 'application/json; charset=utf-8' };
  const wrong = { ...headers, 'content-type': 'application/problem+json; charset=utf-8' };

  it.each<[string, string, RawAnswer, string[]]>([
    ['a page', 'GET /v1/agents', { status: 200, headers: json, text: JSON.stringify(page) }, []],
    ['a documented problem', 'GET /v1/runs/{id}', { status: 404, headers: wrong, text: JSON.stringify(problem) }, []],
    [
      'no request id',
      'GET /v1/agents',
      { status: 200, headers: { 'content-type': 'application/json' }, text: JSON.stringify(page) },
      ['there is no X-Request-Id'],
    ],
    ['a missing property', 'GET /v1/agents', { status: 200, headers: json, text: '{"items":[]}' }, [expect.stringContaining('nextCursor')]],
    [
      'a property nobody named',
      'GET /v1/agents',
      { status: 200, headers: json, text: JSON.stringify({ ...page, orgId: ID }) },
      [expect.stringContaining('orgId')],
    ],
    ['a status nobody named', 'GET /v1/agents', { status: 206, headers: json, text: '{}' }, ['206 is not documented']],
    ['a failure', 'GET /v1/runs/{id}', { status: 500, headers: json, text: '{}' }, ['it failed', expect.stringContaining('an error is')]],
    ['a code nobody named', 'GET /v1/agents', { status: 404, headers: wrong, text: JSON.stringify(problem) }, ['404 RUN_NOT_FOUND is not documented']],
    [
      'an error without a code',
      'GET /v1/runs/{id}',
      { status: 404, headers: wrong, text: '{"message":"no"}' },
      expect.arrayContaining([expect.stringContaining('code')]),
    ],
    ['a body after 204', 'POST /v1/auth/logout', { status: 204, headers, text: '{}' }, ['there is a body where none is documented']],
  ])('knows %s', (_what, name, answer, expected) => {
    const route = routesOf(document).find(({ method, path }) => `${method} ${path}` === name);
    expect(route === undefined ? 'no such route' : judge.faults(route, answer)).toEqual(expected);
  });
});
