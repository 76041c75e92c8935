import { readFile } from 'node:fs/promises';
import { createTestDatabase, type TestDatabase } from '#database/testing';
import { asSuperuser } from './support/as-superuser.js';
import { register, startApi, type RegisteredPerson, type RunningApi } from './support/running-api.js';

const PATH = '/docs/schema';

let database: TestDatabase;
let api: RunningApi;
let member: RegisteredPerson;
let admin: RegisteredPerson;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  member = await register(api, 'Ada');
  admin = await register(api, 'Grace');
  await asSuperuser(database, `update app."user" set system_role = 'SYSTEM_ADMIN' where id = $1`, [admin.userId]);
});

afterAll(async () => {
  await api?.close();
  await database?.drop();
});

/** Asks as in an environment of that kind. */
async function askIn(environment: string, token?: string): ReturnType<RunningApi['call']> {
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = environment;
  try {
    return await api.call('GET', PATH, token === undefined ? {} : { token });
  } finally {
    process.env['NODE_ENV'] = before;
  }
}

describe('the page of the schema', () => {
  it('is there for everybody in development', async () => {
    const { status, headers, text } = await askIn('development');
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(text).toBe(await readFile('docs/schema/schema.html', 'utf8'));
  });

  it('is there for a system administrator elsewhere, and is not to be stored or framed', async () => {
    const { status, headers } = await askIn('production', admin.token);
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'content-security-policy': "frame-ancestors 'none'", 'x-content-type-options': 'nosniff' });
  });

  it('asks for a token elsewhere', async () => {
    const { status, body } = await askIn('production');
    expect({ status, code: body['code'] }).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
    expect((await askIn('production', 'nonsense')).body['code']).toBe('TOKEN_INVALID');
  });

  it('is, for every other person, a route that does not exist', async () => {
    const elsewhere = await api.call('GET', '/docs/nothing', { token: member.token });
    const { status, body } = await askIn('production', member.token);
    expect(status).toBe(404);
    expect({ ...body, requestId: '', instance: '' }).toEqual({ ...elsewhere.body, requestId: '', instance: '' });
  });

  it('closes with the right: a token goes on, the right does not', async () => {
    await asSuperuser(database, `update app."user" set system_role = 'USER' where id = $1`, [admin.userId]);
    try {
      expect((await askIn('production', admin.token)).status).toBe(404);
    } finally {
      await asSuperuser(database, `update app."user" set system_role = 'SYSTEM_ADMIN' where id = $1`, [admin.userId]);
    }
  });

  it('is no part of the OpenAPI document', async () => {
    expect((await api.call('GET', '/docs-json')).text).not.toContain(PATH);
  });
});
