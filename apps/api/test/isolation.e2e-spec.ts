import { AgentRepositoriesService } from '#agents';
import { newId } from '#database';
import { createTestDatabase, type TestDatabase } from '#database/testing';
import { addAgent, createRepository } from './support/agents.js';
import { asSuperuser } from './support/as-superuser.js';
import { documentFrom, proveRoutes, routesOf, type RouteFinding } from './support/prove-routes.js';
import { register, startApi, type RegisteredPerson, type RunningApi } from './support/running-api.js';

let database: TestDatabase;
let api: RunningApi;
let ada: RegisteredPerson;
let bob: RegisteredPerson;
let repository: string;
let agent: string;
let document: ReturnType<typeof documentFrom>;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  ada = await register(api, 'Ada');
  bob = await register(api, 'Bob');
  repository = await createRepository(api, bob, 'secret');
  agent = await addAgent(database, repository, { name: 'secret-agent' });
  document = documentFrom((await api.call('GET', '/docs-json')).text);
});

afterAll(async () => {
  await api?.close();
  await database?.drop();
});

function prove(): Promise<RouteFinding[]> {
  return proveRoutes(document, {
    call: (method, path) => api.call(method, path, { token: ada.token }),
    theirIds: { 'agent-repositories': repository, repositoryId: repository, 'git-agents': agent },
  });
}

it('the document lists the routes', () => {
  expect(routesOf(document).map(({ method, path }) => `${method} ${path}`)).toEqual(
    expect.arrayContaining(['POST /v1/auth/register', 'GET /v1/me', 'DELETE /v1/agent-repositories/{id}', 'POST /v1/agent-repositories/{id}/sync', 'GET /v1/git-agents/{id}']),
  );
});

it('an id of another organization answers exactly like one that does not exist, on every route', async () => {
  expect(await prove()).toEqual([]);
});

it('no list shows anything of another organization', async () => {
  for (const { path } of routesOf(document).filter((route) => route.method === 'GET' && route.path.startsWith('/v1/') && !route.path.includes('{'))) {
    const mine = await api.call('GET', path, { token: ada.token });
    expect(mine.status).toBe(200);
    for (const secret of [repository, agent, bob.userId, bob.orgId, 'secret']) expect(mine.text).not.toContain(secret);
  }
});

it('after all of that nothing of the other organization has changed', async () => {
  expect(await api.call('GET', `/v1/agent-repositories/${repository}`, { token: bob.token })).toMatchObject({ status: 200, body: { version: 1 } });
  expect(await api.call('GET', `/v1/git-agents/${agent}`, { token: bob.token })).toMatchObject({ status: 200 });
  expect(await asSuperuser(database, 'select id from app.job')).toEqual([]);
});

it('every route but signing in and health asks for a token', async () => {
  const open = ['/v1/auth/register', '/v1/auth/login', '/health', '/health/live', '/health/ready'];
  for (const { method, path } of routesOf(document).filter((route) => !open.includes(route.path))) {
    const answer = await api.call(method, path.replaceAll(/\{[^}]+\}/g, newId()));
    expect({ method, path, status: answer.status }).toEqual({ method, path, status: 401 });
  }
});

describe('the proof itself', () => {
  it('sees a route that looks past the organization', async () => {
    const service = api.app.get(AgentRepositoriesService);
    const honest = service.get.bind(service);
    service.get = async (id) => {
      const [row] = await asSuperuser<{ name: string }>(database, 'select name from app.agent_repository where uid = $1', [id]);
      if (row !== undefined) throw new Error(`"${row.name}" belongs to somebody else`);
      return honest(id);
    };
    try {
      expect(await prove()).toEqual([expect.objectContaining({ route: 'GET /v1/agent-repositories/{id} (agent-repositories)', kind: 'differs' })]);
    } finally {
      service.get = honest;
    }
  });

  it('sees a route and a body that it knows no ids for', async () => {
    const operation = { requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Move' } } } } };
    const more = { paths: { '/v1/teams/{id}': { post: operation } }, components: { schemas: { Move: { properties: { targetId: { format: 'uuid' } } } } } };
    const found = await proveRoutes(more, { call: (method, path) => api.call(method, path), theirIds: {} });
    expect(found.map(({ kind }) => kind)).toEqual(['not covered', 'not covered']);
  });
});
