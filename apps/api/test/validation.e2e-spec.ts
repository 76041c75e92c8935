import fc from 'fast-check';
import { createTestDatabase, type TestDatabase } from '#database/testing';
import { createRepository } from './support/agents.js';
import { register, startApi, type RegisteredPerson, type RunningApi } from './support/running-api.js';

let database: TestDatabase;
let api: RunningApi;
let ada: RegisteredPerson;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  ada = await register(api, 'Ada');
});

afterAll(async () => {
  await api?.close();
  await database?.drop();
});

const person = { email: 'x@example.test', password: 'a long password', name: 'X', organizationName: 'X Ltd' };
const repository = { name: 'r', gitUrl: 'https://git.example/r.git' };
const LONG = 'x'.repeat(256);
const ID = '0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3c';

describe('a body that breaks a rule answers 400 and names the field', () => {
  const table: readonly [string, string, object | unknown[], string][] = [
    ['register: unknown property', '/v1/auth/register', { ...person, role: 'OWNER' }, 'role'],
    ['register: no address', '/v1/auth/register', { ...person, email: 'nobody' }, 'email'],
    ['register: wrong type of address', '/v1/auth/register', { ...person, email: { toLowerCase: 1 } }, 'email'],
    ['register: short password', '/v1/auth/register', { ...person, password: 'x'.repeat(11) }, 'password'],
    ['register: long password', '/v1/auth/register', { ...person, password: 'x'.repeat(129) }, 'password'],
    ['register: password of a wrong type', '/v1/auth/register', { ...person, password: ['a long password'] }, 'password'],
    ['register: blank name', '/v1/auth/register', { ...person, name: '   ' }, 'name'],
    ['register: long organization name', '/v1/auth/register', { ...person, organizationName: LONG }, 'organizationName'],
    ['register: NUL', '/v1/auth/register', { ...person, name: 'a\0b' }, 'name'],
    ['register: half a surrogate pair', '/v1/auth/register', { ...person, organizationName: 'a\ud800' }, 'organizationName'],
    ['register: a list', '/v1/auth/register', [person], 'body'],
    ['login: unknown property', '/v1/auth/login', { email: person.email, password: person.password, admin: true }, 'admin'],
    ['login: missing password', '/v1/auth/login', { email: person.email }, 'password'],
    ['login: NUL in the password', '/v1/auth/login', { email: person.email, password: 'a\0' }, 'password'],
    ['repository: organization from outside', '/v1/agent-repositories', { ...repository, orgId: ID }, 'orgId'],
    ['repository: author from outside', '/v1/agent-repositories', { ...repository, createdBy: ID }, 'createdBy'],
    ['repository: missing name', '/v1/agent-repositories', { gitUrl: repository.gitUrl }, 'name'],
    ['repository: long name', '/v1/agent-repositories', { ...repository, name: LONG }, 'name'],
    ['repository: long address', '/v1/agent-repositories', { ...repository, gitUrl: `https://git.example/${'x'.repeat(1024)}` }, 'gitUrl'],
    ['repository: text for a boolean', '/v1/agent-repositories', { ...repository, isRoot: 'true' }, 'isRoot'],
    ['repository: number for a branch', '/v1/agent-repositories', { ...repository, branch: 1 }, 'branch'],
    ['repository: NUL in the folder', '/v1/agent-repositories', { ...repository, agentDirectory: 'a\0' }, 'agentDirectory'],
  ];

  it.each(table)('%s', async (_name, path, json, field) => {
    const answer = await api.call('POST', path, { token: ada.token, json });
    expect(answer).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED', requestId: answer.headers['x-request-id'] } });
    expect(answer.body['errors']).toContainEqual(expect.objectContaining({ field }));
  });
});

it('says of a missing field that it is required, and nothing else of it', async () => {
  const answer = await api.call('POST', '/v1/auth/login', { json: {} });
  expect(answer.body['errors']).toEqual(['email', 'password'].map((field) => ({ field, code: 'REQUIRED', message: `"${field}" is required` })));
});

describe('a path or query that breaks a rule answers 400 and names the field', () => {
  it.each([
    ['GET', '/v1/agent-repositories/17', 'id'],
    ['GET', `/v1/agent-repositories/${ID}%00`, 'id'],
    ['GET', `/v1/agent-repositories/${ID}'`, 'id'],
    ['DELETE', '/v1/agent-repositories/null', 'id'],
    ['POST', '/v1/agent-repositories/undefined/sync', 'id'],
    ['GET', '/v1/git-agents/x', 'id'],
    ['GET', '/v1/git-agents?limit=0', 'limit'],
    ['GET', '/v1/git-agents?limit=-1', 'limit'],
    ['GET', '/v1/git-agents?limit=1.5', 'limit'],
    ['GET', '/v1/git-agents?limit=1e2', 'limit'],
    ['GET', '/v1/git-agents?limit=9999999999999999999999', 'limit'],
    ['GET', '/v1/git-agents?limit=', 'limit'],
    ['GET', '/v1/git-agents?cursor=', 'cursor'],
    ['GET', '/v1/git-agents?cursor=nonsense', 'cursor'],
    ['GET', '/v1/git-agents?cursor=%00', 'cursor'],
    ['GET', `/v1/git-agents?cursor=${Buffer.from('{"id":"drop table"}').toString('base64url')}`, 'cursor'],
    ['GET', `/v1/agent-repositories?cursor=${'A'.repeat(2000)}`, 'cursor'],
    ['GET', '/v1/agent-repositories?cursor=bm9uc2Vuc2U', 'cursor'],
    ['GET', '/v1/git-agents?active=maybe', 'active'],
    ['GET', '/v1/git-agents?active=1', 'active'],
    ['GET', '/v1/git-agents?tag=a&tag=b', 'tag'],
    ['GET', '/v1/git-agents?tag[x]=a', 'tag[x]'],
    ['GET', '/v1/git-agents?tag=%00', 'tag'],
    ['GET', '/v1/git-agents?repositoryId=1', 'repositoryId'],
    ['GET', '/v1/git-agents?offset=10', 'offset'],
    ['GET', '/v1/agent-repositories?__proto__=1', '__proto__'],
  ])('%s %s', async (method, path, field) => {
    const answer = await api.call(method, path, { token: ada.token });
    expect({ status: answer.status, fields: answer.body['errors'], text: answer.text }).toMatchObject({
      status: 400,
      fields: expect.arrayContaining([expect.objectContaining({ field })]),
    });
  });

  it('takes no cursor of another list', async () => {
    for (const name of ['one', 'two']) await createRepository(api, ada, name);
    const { body } = await api.call('GET', '/v1/agent-repositories?limit=1', { token: ada.token });
    const answer = await api.call('GET', `/v1/git-agents?cursor=${encodeURIComponent(String(body['nextCursor']))}`, { token: ada.token });
    expect(answer.status).toBeLessThan(500);
  });
});

describe('whatever is sent, the answer is never 500', () => {
  const value = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.webQueryParameters(),
    fc.integer().map(String),
    fc.constantFrom('\0', '%', "'; drop table app.job; --", '\ud800'),
  );
  const encoded = (text: string): string => encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\uFFFD'));

  it('in a query or a path', async () => {
    const paths = fc.record({
      route: fc.constantFrom('git-agents', 'agent-repositories'),
      name: fc.constantFrom('limit', 'cursor', 'tag', 'active', 'repositoryId'),
      value,
      inPath: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(paths, async ({ route, name, value: text, inPath }) => {
        const path = inPath ? `/v1/${route}/${encoded(text)}` : `/v1/${route}?${name}=${encoded(text)}`;
        expect((await api.call('GET', path, { token: ada.token })).status).toBeLessThan(500);
      }),
      { numRuns: 300 },
    );
  });

  it('in a cursor that was tampered with', async () => {
    for (const name of ['three', 'four']) await createRepository(api, ada, name);
    const { body } = await api.call('GET', '/v1/agent-repositories?limit=1', { token: ada.token });
    const genuine = JSON.parse(Buffer.from(String(body['nextCursor']), 'base64url').toString()) as unknown[];
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: genuine.length }), fc.oneof(fc.jsonValue(), value), async (index, other) => {
        const changed = Buffer.from(JSON.stringify(genuine.with(Math.min(index, genuine.length - 1), other))).toString('base64url');
        const answer = await api.call('GET', `/v1/agent-repositories?cursor=${changed}`, { token: ada.token });
        expect([200, 400]).toContain(answer.status);
      }),
      { numRuns: 200 },
    );
  });

  it('in a body', async () => {
    const fields = fc.record(
      {
        name: fc.oneof(value, fc.jsonValue()),
        gitUrl: fc.oneof(fc.webUrl(), value),
        branch: value,
        isRoot: fc.jsonValue(),
        agentDirectory: fc.oneof(value, fc.jsonValue()),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fields, async (json) => {
        expect((await api.call('POST', '/v1/agent-repositories', { token: ada.token, json })).status).toBeLessThan(500);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a body that cannot be read', () => {
  const routes = ['/v1/auth/register', '/v1/auth/login', '/v1/agent-repositories'];

  it.each(routes)('of %s: malformed, deep, too large, of another type', async (path) => {
    const send = (raw: string, headers = {}) => api.call('POST', path, { token: ada.token, raw, headers });
    expect(await send('{"name":')).toMatchObject({ status: 400, body: { code: 'MALFORMED_JSON' } });
    expect(await send(`{"name":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`)).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
    expect(await send(`{"name":"${'x'.repeat(1024 * 1024)}"}`)).toMatchObject({ status: 413, body: { code: 'BODY_TOO_LARGE' } });
    expect(await send('name=a', { 'content-type': 'text/plain' })).toMatchObject({ status: 415, body: { code: 'UNSUPPORTED_MEDIA_TYPE' } });
  });
});
