import { AgentRepositoriesService, GitAgentsService } from '#agents';
import { newId, PlinthError } from '#database';
import { createTestDatabase, proveRoutes, routesOf, type IsolationReport, type OpenApiDocument, type ResourceIds, type TestDatabase } from '#database/testing';
import { SessionsService } from '#identity';
import { addAgent } from './support/agents.js';
import { asSuperuser } from './support/as-superuser.js';
import { addMember } from './support/members.js';
import { register, startApi, type RegisteredPerson, type RunningApi } from './support/running-api.js';

let database: TestDatabase;
let api: RunningApi;
let ada: RegisteredPerson;
let bob: RegisteredPerson;
let repository: string;
let agent: string;
let document: OpenApiDocument;
let resources: Readonly<Record<string, ResourceIds>>;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  ada = await register(api, 'Ada');
  bob = await register(api, 'Bob');
  repository = await repositoryOf(bob, 'secret');
  agent = await addAgent(database, repository, { name: 'secret-agent' });
  document = JSON.parse((await api.call('GET', '/docs-json')).text) as OpenApiDocument;
  const gitAgents = { own: async () => addAgent(database, await repositoryOfAda(), { name: newId() }), theirs: agent };
  resources = {
    agents: { own: () => agentOf(ada), theirs: await agentOf(bob) },
    gitAgentId: gitAgents,
    'agent-repositories': { own: repositoryOfAda, theirs: repository },
    repositoryId: { own: repositoryOfAda, theirs: repository },
    sessions: { own: () => sessionOf(ada), theirs: await sessionOf(bob) },
    organizationId: { own: () => Promise.resolve(ada.orgId), theirs: bob.orgId },
    members: { own: async () => (await addMember(database, api, ada.orgId, 'VIEWER')).userId, theirs: bob.userId },
    invitations: { own: () => invitationOf(ada), theirs: await invitationOf(bob) },
    subjectId: { own: () => invitationOf(ada), theirs: await invitationOf(bob) },
    actorId: { own: async () => ada.userId, theirs: bob.userId },
    'git-agents': gitAgents,
    'api-keys': { own: () => apiKeyOf(ada), theirs: await apiKeyOf(bob) },
  };
});

afterAll(async () => {
  await api?.close();
  await database?.drop();
});

/** Makes something over HTTP and answers its id. */
async function made(person: RegisteredPerson, path: string, json: unknown): Promise<string> {
  const { status, body, text } = await api.call('POST', path, { token: person.token, json });
  if (status !== 201) throw new Error(`POST ${path} answered ${status}: ${text}`);
  return String(body['id']);
}

/** A repository with a credential. */
async function repositoryOf(person: RegisteredPerson, name: string): Promise<string> {
  const id = await made(person, '/v1/agent-repositories', { name, gitUrl: 'https://git.example/agents.git' });
  const { status } = await api.call('PUT', `/v1/agent-repositories/${id}/credential`, { token: person.token, json: { provider: 'github', token: 'secret' } });
  if (status !== 200) throw new Error(`The credential answered ${status}.`);
  return id;
}

const agentOf = (person: RegisteredPerson): Promise<string> => made(person, '/v1/agents', { name: newId() });
const invitationOf = (person: RegisteredPerson): Promise<string> => made(person, '/v1/invitations', { email: `${newId()}@example.test`, role: 'VIEWER' });
const apiKeyOf = (person: RegisteredPerson): Promise<string> => made(person, '/v1/api-keys', { name: newId(), scopes: [] });
const repositoryOfAda = (): Promise<string> => repositoryOf(ada, newId());

/** Opens a session and answers its id. */
async function sessionOf({ userId, orgId }: RegisteredPerson): Promise<string> {
  return (await api.app.get(SessionsService).open({ userId, orgId, role: 'OWNER' }, { ip: null, userAgent: null })).sessionId;
}

/** Those who run the platform see every organization, and nobody else reaches a route of theirs: `access.e2e-spec.ts` calls each as everybody. */
function withoutAdmin({ paths, ...rest }: OpenApiDocument): OpenApiDocument {
  return { ...rest, paths: Object.fromEntries(Object.entries(paths).filter(([path]) => !path.startsWith('/v1/admin/'))) };
}

/** Attacks Bob's rows with Ada's token through every route of the document. */
function prove(): Promise<IsolationReport> {
  return proveRoutes(withoutAdmin(document), {
    request: (method, path, { token, body }) => api.call(method, path, { token, json: body, headers: method === 'PATCH' ? { 'if-match': '"1"' } : {} }),
    token: ada.token,
    resources,
    secrets: [bob.userId, bob.orgId, bob.email, 'secret'],
    stateOfTheirs: () =>
      asSuperuser(
        database,
        `select to_jsonb(r) as repository, to_jsonb(g) as git_agent, to_jsonb(j) as job, to_jsonb(a) as agent, to_jsonb(c) as credential
           from app.agent_repository r full join app.git_agent g using (org_id) full join app.job j using (org_id)
           full join app.agent a using (org_id) full join app.git_credential c using (org_id) where org_id = $1`,
        [bob.orgId],
      ),
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
      return (await prove()).broken.map(({ object }) => object);
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
      expect((await prove()).unknown).toEqual([
        expect.objectContaining({ object: 'GET /v1/git-agents/{id}', expected: 'ids for "git-agents" or "id" in `resources`' }),
      ]);
    } finally {
      resources = all;
    }
  });
});
