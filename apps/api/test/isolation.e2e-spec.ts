import { AgentRepositoriesService, GitAgentsService } from '#agents';
import { newId, PlinthError } from '#database';
import { createTestDatabase, proveRoutes, routesOf, type IsolationReport, type OpenApiDocument, type ResourceIds, type TestDatabase } from '#database/testing';
import { asSuperuser } from './support/as-superuser.js';
import { Furniture } from './support/furniture.js';
import { register, startApi, type RegisteredPerson, type RunningApi } from './support/running-api.js';
import { firstOfStream } from './support/sse-client.js';

const TABLES = ['agent_repository', 'git_agent', 'git_credential', 'agent', 'run', 'step', 'run_event', 'input_request', 'task', 'job'];
/** Every row of an organization in these tables. */
const STATE = TABLES.map((table) => `select '${table}', jsonb_agg(to_jsonb(t) order by to_jsonb(t)) from app.${table} t where org_id = $1`).join(' union all ');

/** What everything of Bob's is named after. */
const SECRET = 'bobs-secret';

let database: TestDatabase;
let api: RunningApi;
let ada: RegisteredPerson;
let bob: RegisteredPerson;
let repository: string;
let document: OpenApiDocument;
let resources: Readonly<Record<string, ResourceIds>>;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  ada = await register(api, 'Ada');
  bob = await register(api, 'Bob');
  document = JSON.parse((await api.call('GET', '/docs-json')).text) as OpenApiDocument;
  const [adas, bobs] = [new Furniture(api, database, ada), new Furniture(api, database, bob, SECRET)];
  const [own, theirs] = [adas.makers(), bobs.makers()];
  const made = await Promise.all(Object.entries(own).map(async ([name, make]) => [name, { own: make, theirs: (await theirs[name]?.()) ?? '' }] as const));
  const collections: Readonly<Record<string, ResourceIds>> = Object.fromEntries(made);
  repository = collections['agent-repositories']?.theirs ?? '';
  const people = { own: () => Promise.resolve(ada.userId), theirs: bob.userId };
  const organizations = { own: () => Promise.resolve(ada.orgId), theirs: bob.orgId };
  resources = {
    ...collections,
    ...named(collections),
    agentId: { own: adas.agentWithTask, theirs: await bobs.agentWithTask() },
    runId: { own: adas.askingRun, theirs: await bobs.askingRun() },
    sessionId: { own: () => conversationOf(ada), theirs: await conversationOf(bob) },
    organizationId: organizations,
    members: { ...people, own: own['members'] ?? people.own },
    actorId: people,
  };
});

afterAll(async () => {
  await api?.close();
  await database?.drop();
});

/** The same under the names that ids have in queries and bodies. */
function named(collections: Readonly<Record<string, ResourceIds>>): Readonly<Record<string, ResourceIds>> {
  const of = (name: string): ResourceIds => collections[name] ?? { own: () => Promise.resolve(newId()), theirs: newId() };
  return {
    gitAgentId: of('git-agents'),
    repositoryId: of('agent-repositories'),
    subjectId: of('invitations'),
  };
}

/** Starts a run that names a conversation, as its caller calls it. Answers the name. */
async function conversationOf(person: RegisteredPerson): Promise<string> {
  const [agentId, sessionId] = [await new Furniture(api, database, person).agent(), newId()];
  const { status, text } = await api.call('POST', '/v1/runs', { token: person.token, json: { agentId, sessionId, prompt: 'Hello.' } });
  if (status !== 202) throw new Error(`Starting a run answered ${status}: ${text}`);
  return sessionId;
}

/** A conversation that a new run names need not be there before: its name refers to nothing of anybody's. */
function withoutNewNames({ components, ...rest }: OpenApiDocument): OpenApiDocument {
  const { StartRunRequest: { properties: { sessionId: _sessionId, ...properties } = {}, ...start } = {}, ...schemas } = components?.schemas ?? {};
  return { ...rest, components: { schemas: { ...schemas, StartRunRequest: { ...start, properties } } } };
}

/** Those who run the platform see every organization, and nobody else reaches a route of theirs: `access.e2e-spec.ts` calls each as everybody. */
function onlyPaths({ paths, ...rest }: OpenApiDocument, wanted: RegExp): OpenApiDocument {
  return { ...rest, paths: Object.fromEntries(Object.entries(paths).filter(([path]) => wanted.test(path) && !path.startsWith('/v1/admin/'))) };
}

/** Attacks Bob's rows with Ada's token through every route of the document whose path matches. */
function prove(paths = /^/): Promise<IsolationReport> {
  return proveRoutes(onlyPaths(withoutNewNames(document), paths), {
    request: (method, path, { token, body }) => {
      if (path.endsWith('/events')) return firstOfStream(api.url, path, { token });
      return api.call(method, path, { token, json: body, headers: method === 'PATCH' ? { 'if-match': '"1"' } : {} });
    },
    token: ada.token,
    resources,
    secrets: [bob.userId, bob.orgId, bob.email, SECRET],
    stateOfTheirs: () => asSuperuser(database, STATE, [bob.orgId]),
  });
}

it('the document lists the routes', () => {
  expect(routesOf(document).map(({ method, path }) => `${method} ${path}`)).toEqual(
    expect.arrayContaining([
      'POST /v1/auth/register',
      'GET /v1/me',
      'DELETE /v1/agent-repositories/{id}',
      'POST /v1/agent-repositories/{id}/sync',
      'GET /v1/git-agents/{id}',
    ]),
  );
});

it('an id of another organization answers exactly like one that does not exist, and no list shows one, on every route', async () => {
  const { broken, unknown, held } = await prove();
  expect({ broken, unknown }).toEqual({ broken: [], unknown: [] });
  expect(held).toBeGreaterThan(8);
});

it('whoever does not run the platform is told the same by its routes, whatever id they name', async () => {
  const routes = routesOf(document).filter(({ path }) => /^\/v1\/admin\/.*\{/.test(path));
  for (const { method, path } of routes) {
    const ask = async (id: string): Promise<unknown> => {
      const call = { token: ada.token, headers: { 'x-plinth-reason': 'curiosity' }, ...(method === 'GET' ? {} : { json: {} }) };
      const { status, body } = await api.call(method, path.replace(/\{[^}]+\}/, id), call);
      return { method, path, status, body: { ...body, requestId: '' } };
    };
    const nobodys = await ask(newId());
    expect(nobodys).toMatchObject({ status: 403, body: { code: 'SYSTEM_ADMIN_REQUIRED' } });
    for (const id of [bob.orgId, bob.userId, ada.orgId, ada.userId]) expect(await ask(id)).toEqual(nobodys);
  }
  expect(routes.length).toBeGreaterThan(5);
});

it('every route but signing in and health asks for a token', async () => {
  const open = [
    '/v1/auth/register',
    '/v1/auth/register-invited',
    '/v1/auth/verify',
    '/v1/auth/password-reset',
    '/v1/auth/password-reset/confirm',
    '/v1/auth/address/confirm',
    '/v1/auth/login',
    '/v1/auth/refresh',
    '/health',
    '/health/live',
    '/health/ready',
  ];
  for (const { method, path } of routesOf(document).filter((route) => !open.includes(route.path))) {
    const answer = await api.call(method, path.replaceAll(/\{[^}]+\}/g, newId()));
    expect({ method, path, status: answer.status }).toEqual({ method, path, status: 401 });
  }
});

describe('the proof itself', () => {
  /** Where these guards are taken out. */
  const GIT = /^\/v1\/(agent-repositories|git-agents)/;

  class NotYoursError extends PlinthError {
    readonly code = 'NOT_YOURS';
    readonly family = 'caller';
    override readonly httpStatus = 403;
  }

  /** Replaces one method of a service, proves, and puts it back. Answers the routes that were found broken. */
  async function brokenWith<S extends object, M extends keyof S>(service: S, method: M, leaky: S[M]): Promise<string[]> {
    const honest = service[method];
    service[method] = leaky;
    try {
      return (await prove(GIT)).broken.map(({ object }) => object);
    } finally {
      service[method] = honest;
    }
  }

  it('sees a route that answers 403 where it should know nothing', async () => {
    const service = api.app.get(AgentRepositoriesService);
    const honest = service.get.bind(service);
    expect(
      await brokenWith(service, 'get', async (id) => {
        if (id === repository) throw new NotYoursError('This repository is not yours.');
        return honest(id);
      }),
    ).toEqual(['GET /v1/agent-repositories/{id}']);
  });

  it('sees a route that reads past the organization', async () => {
    const service = api.app.get(GitAgentsService);
    const honest = service.get.bind(service);
    const ofAda = (await resources['git-agents']?.own()) ?? '';
    expect(
      await brokenWith(service, 'get', async (id) => {
        const [row] = await asSuperuser<{ name: string; org_id: string }>(database, 'select name, org_id from app.git_agent where uid = $1', [id]);
        if (row === undefined || row.org_id === ada.orgId) return honest(id);
        return { ...(await honest(ofAda)), id, name: row.name };
      }),
    ).toEqual(['GET /v1/git-agents/{id}']);
  });

  it('sees a route that says it is not there and touches it all the same', async () => {
    const service = api.app.get(AgentRepositoriesService);
    const honest = service.delete.bind(service);
    expect(
      await brokenWith(service, 'delete', async (id) => {
        await asSuperuser(database, 'update app.agent_repository set name = name where uid = $1 and org_id = $2', [id, bob.orgId]);
        return honest(id);
      }),
    ).toEqual(['DELETE /v1/agent-repositories/{id}']);
  });

  it('could not look at a route that nobody gave ids for', async () => {
    const all = resources;
    resources = Object.fromEntries(Object.entries(all).filter(([name]) => name !== 'git-agents'));
    try {
      expect((await prove(GIT)).unknown).toEqual([
        expect.objectContaining({ object: 'GET /v1/git-agents/{id}', expected: 'ids for "git-agents" or "id" in `resources`' }),
      ]);
    } finally {
      resources = all;
    }
  });
});
