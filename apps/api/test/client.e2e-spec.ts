import { createPlinthClient, dataOf, PlinthApiError, type Tokens } from '#client';
import { createTestDatabase, type TestDatabase } from '#database/testing';
import { SessionsService } from '#identity';
import { clientOf } from './support/client-of.js';
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

async function tokensOf({ userId, orgId }: RegisteredPerson): Promise<Tokens> {
  const { token, refreshToken } = await api.app.get(SessionsService).open({ userId, orgId, role: 'OWNER' }, { ip: null, userAgent: null });
  return { accessToken: token, refreshToken };
}

const problemOf = async (call: Promise<unknown>): Promise<PlinthApiError> => {
  const error: unknown = await call.then(() => undefined).catch((cause: unknown) => cause);
  if (error instanceof PlinthApiError) return error;
  throw new Error(`Not a problem of the API: ${String(error)}`);
};

describe('the typed client', () => {
  it('makes, reads, changes and deletes with the types of the document', async () => {
    const client = clientOf(api, ada.token);
    const made = await dataOf(client.POST('/v1/agents', { body: { name: 'Invoice helper', systemPrompt: 'Help.' } }));
    const path = { id: made.id };
    const { data, response } = await client.GET('/v1/agents/{id}', { params: { path } });
    expect(data).toEqual(made);
    const changed = await dataOf(
      client.PATCH('/v1/agents/{id}', { params: { path, header: { 'If-Match': response.headers.get('etag') ?? '' } }, body: { name: 'Helper' } }),
    );
    expect(changed.name).toBe('Helper');
    const { response: gone } = await client.DELETE('/v1/agents/{id}', { params: { path } });
    expect(gone.status).toBe(204);
    expect(await problemOf(client.GET('/v1/agents/{id}', { params: { path } }))).toMatchObject({ status: 404, code: 'AGENT_NOT_FOUND' });
  });

  it('throws problems with their code, fields and request id', async () => {
    const problem = await problemOf(clientOf(api, ada.token).POST('/v1/agents', { body: { name: '' } }));
    expect(problem).toMatchObject({ status: 400, code: 'VALIDATION_FAILED', errors: [{ field: 'name', code: 'IS_NOT_EMPTY' }] });
    expect(problem.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('reads a list page by page', async () => {
    const client = clientOf(api, ada.token);
    for (const name of ['one', 'two', 'three']) await client.POST('/v1/agents', { body: { name: `page ${name}` } });
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await dataOf(client.GET('/v1/agents', { params: { query: { limit: 2, cursor, name: 'page' } } }));
      names.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(names).toEqual(['page one', 'page two', 'page three']);
  });

  it('renews an access token that is no longer good, once for many requests, and hands the new pair over', async () => {
    const { refreshToken } = await tokensOf(ada);
    const kept: Tokens[] = [];
    const session = { accessToken: 'an.expired.token', refreshToken };
    const client = createPlinthClient({ baseUrl: api.url, session, onRenewed: (tokens) => void kept.push(tokens) });
    const answers = await Promise.all([1, 2, 3].map(async () => dataOf(client.GET('/v1/me'))));
    expect(answers.map(({ email }) => email)).toEqual([ada.email, ada.email, ada.email]);
    expect(kept).toHaveLength(1);
    expect(await dataOf(createPlinthClient({ baseUrl: api.url, token: kept[0]?.accessToken }).GET('/v1/me'))).toEqual(answers[0]);
  });

  it('says so where the session has ended', async () => {
    const session = await tokensOf(ada);
    await clientOf(api, session.accessToken).POST('/v1/auth/logout');
    const client = createPlinthClient({ baseUrl: api.url, session: { ...session, accessToken: 'an.expired.token' } });
    expect(await problemOf(client.GET('/v1/me'))).toMatchObject({ status: 401, code: 'REFRESH_TOKEN_INVALID' });
  });

  it('makes one thing where the first answer was lost, by the same Idempotency-Key', async () => {
    let isLost = false;
    const losing: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      if (isLost) return response;
      isLost = true;
      await response.body?.cancel();
      throw new TypeError('fetch failed');
    };
    const client = createPlinthClient({ baseUrl: api.url, token: ada.token, fetch: losing });
    const { data, response } = await client.POST('/v1/agents', { body: { name: 'made once' } });
    expect(response.headers.get('idempotency-replayed')).toBe('true');
    const found = await dataOf(client.GET('/v1/agents', { params: { query: { name: 'made once' } } }));
    expect(found.items.map(({ id }) => id)).toEqual([data?.id]);
  });

  it('is let in by an API key', async () => {
    const { key } = await dataOf(clientOf(api, ada.token).POST('/v1/api-keys', { body: { name: 'ci', scopes: ['agent:read'] } }));
    const client = createPlinthClient({ baseUrl: api.url, apiKey: key });
    expect((await client.GET('/v1/agents')).response.status).toBe(200);
    expect(await problemOf(client.POST('/v1/agents', { body: { name: 'no' } }))).toMatchObject({ status: 403, code: 'PERMISSION_DENIED' });
  });
});
