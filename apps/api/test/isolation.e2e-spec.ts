import { newId } from '#database';
import { createTestDatabase, type TestDatabase } from '#database/testing';
import { addAgent, createRepository } from './support/agents.js';
import type { Answer } from './support/http-client.js';
import { register, startApi, type RegisteredPerson, type RunningApi } from './support/running-api.js';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema?: { readonly format?: string };
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: { readonly $ref: string } }>> };
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, { readonly properties?: Readonly<Record<string, { readonly format?: string }>> }>> };
}

let database: TestDatabase;
let api: RunningApi;
let ada: RegisteredPerson;
let bob: RegisteredPerson;
/** An id of Bob's organization for each resource that a path or a parameter can name. */
let idsOfBob: Readonly<Record<string, string>>;
let document: Document;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  ada = await register(api, 'Ada');
  bob = await register(api, 'Bob');
  const repository = await createRepository(api, bob, 'secret');
  const agent = await addAgent(database, repository, { name: 'secret-agent' });
  idsOfBob = { 'agent-repositories': repository, repositoryId: repository, 'git-agents': agent };
  document = JSON.parse((await api.call('GET', '/docs-json')).text) as Document;
});

afterAll(async () => {
  await api?.close();
  await database?.drop();
});

function operations(): { method: string; path: string; operation: Operation }[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
}

function idOfBob(resource: string): string {
  const id = idsOfBob[resource];
  if (id === undefined) throw new Error(`Say in idsOfBob which id of the other organization "${resource}" takes: this route is not covered yet.`);
  return id;
}

/** What a caller can see of an answer, with what differs between any two requests taken out. */
function visible({ status, headers, text }: Answer, id: string): unknown {
  const { date: _date, 'x-request-id': requestId = '', ...rest } = headers;
  return { status, headers: rest, text: text.replaceAll(requestId, '<request>').replaceAll(id, '<id>') };
}

async function compare(method: string, pathWith: (id: string) => string, theirs: string): Promise<void> {
  const random = newId();
  const one = await api.call(method, pathWith(theirs), { token: ada.token });
  const other = await api.call(method, pathWith(random), { token: ada.token });
  expect(visible(one, theirs)).toEqual(visible(other, random));
  expect(one.status).toBe(404);
}

it('the document lists the routes', () => {
  expect(operations().map(({ method, path }) => `${method} ${path}`)).toEqual(
    expect.arrayContaining(['POST /v1/auth/register', 'GET /v1/me', 'DELETE /v1/agent-repositories/{id}', 'POST /v1/agent-repositories/{id}/sync', 'GET /v1/git-agents/{id}']),
  );
});

it("an id of another organization in a path answers exactly like one that does not exist", async () => {
  const routes = operations().filter(({ path }) => path.includes('{'));
  expect(routes.length).toBeGreaterThan(0);
  for (const { method, path } of routes) {
    const resource = path.split('/{')[0]?.split('/').at(-1) ?? '';
    await compare(method, (id) => path.replaceAll(/\{[^}]+\}/g, id), idOfBob(resource));
  }
});

it('an id of another organization in a query answers exactly like one that does not exist', async () => {
  for (const { method, path, operation } of operations()) {
    for (const { name } of (operation.parameters ?? []).filter((parameter) => parameter.in === 'query' && parameter.schema?.format === 'uuid')) {
      await compare(method, (id) => `${path}?${name}=${id}`, idOfBob(name));
    }
  }
});

it('no body takes an id that could be of another organization, without a test of its own', () => {
  const covered: readonly string[] = [];
  const taken = operations().flatMap(({ path, operation }) =>
    Object.values(operation.requestBody?.content ?? {}).flatMap(({ schema }) => {
      const properties = document.components.schemas[schema.$ref.split('/').at(-1) ?? '']?.properties ?? {};
      return Object.entries(properties).filter(([, { format }]) => format === 'uuid').map(([name]) => `${path} ${name}`);
    }),
  );
  expect(taken.filter((name) => !covered.includes(name))).toEqual([]);
});

it('no list shows anything of another organization', async () => {
  const lists = operations().filter(({ method, path }) => method === 'GET' && path.startsWith('/v1/') && !path.includes('{'));
  for (const { path } of lists) {
    const mine = await api.call('GET', path, { token: ada.token });
    expect(mine.status).toBe(200);
    for (const secret of [...Object.values(idsOfBob), bob.userId, bob.orgId, 'secret']) expect(mine.text).not.toContain(secret);
  }
});

it('after all of that nothing of the other organization has changed', async () => {
  expect(await api.call('GET', `/v1/agent-repositories/${idOfBob('agent-repositories')}`, { token: bob.token })).toMatchObject({ status: 200, body: { version: 1 } });
  expect(await api.call('GET', `/v1/git-agents/${idOfBob('git-agents')}`, { token: bob.token })).toMatchObject({ status: 200 });
});

it('every route but signing in, health and docs asks for a token', async () => {
  const open = ['/v1/auth/register', '/v1/auth/login', '/health', '/health/live', '/health/ready'];
  for (const { method, path } of operations().filter((route) => !open.includes(route.path))) {
    const answer = await api.call(method, path.replaceAll(/\{[^}]+\}/g, newId()));
    expect({ method, path, status: answer.status }).toEqual({ method, path, status: 401 });
  }
});
