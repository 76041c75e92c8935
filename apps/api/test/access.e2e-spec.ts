import { readFile } from 'node:fs/promises';
import { HttpException, Injectable, type NestInterceptor } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { MEMBER_ROLES, newId, PERMISSIONS, type MemberRole } from '#database';
import { createTestDatabase, type TestDatabase } from '#database/testing';
import { permissionMatrix, routeAccesses, type RouteAccess } from '../src/auth/permission-matrix.js';
import { createApi } from '../src/http/create-api.js';
import { openApiDocument } from '../src/http/openapi.js';
import { asSuperuser } from './support/as-superuser.js';
import { eventually } from './support/eventually.js';
import { call } from './support/http-client.js';
import { addMember, type Member } from './support/members.js';
import { register, startApi, type RegisteredPerson, type RunningApi } from './support/running-api.js';

/** What a request answers that was let in: its handler is not called, so that a test of everything destroys nothing. */
const LET_IN = 418;

@Injectable()
class StopBeforeHandlers implements NestInterceptor {
  intercept(): never {
    throw new HttpException('', LET_IN);
  }
}

let database: TestDatabase;
let api: RunningApi;
/** Another process of the same service, with caches of its own. */
let other: RunningApi;
let ada: RegisteredPerson;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  other = await startApi(database);
  ada = await register(api, 'Ada');
});

afterAll(async () => {
  await other?.close();
  await api?.close();
  await database?.drop();
});

async function keyWith(...scopes: string[]): Promise<string> {
  const { status, body, text } = await api.call('POST', '/v1/api-keys', { token: ada.token, json: { name: 'test', scopes } });
  if (status !== 201) throw new Error(`Creating a key answered ${status}: ${text}`);
  return String(body['key']);
}

describe('the matrix of who may do what', () => {
  let stopped: NestFastifyApplication;
  let url: string;
  let document: OpenAPIObject;

  beforeAll(async () => {
    stopped = await createApi();
    stopped.useGlobalInterceptors(new StopBeforeHandlers());
    await stopped.listen(0, '127.0.0.1');
    url = await stopped.getUrl();
    document = openApiDocument(api.app);
  });
  afterAll(() => stopped?.close());

  async function answerTo({ method, path }: RouteAccess, token: string | undefined, headers?: Record<string, string>): Promise<number> {
    const { status } = await call(url, method, path.replaceAll(/\{[^}]+\}/g, newId()), { token, headers });
    return status;
  }

  /** From the table alone, and by another way than the guard's. */
  function expected({ access, permission }: RouteAccess, role: MemberRole): number {
    if (access === 'public' || access === 'signed-in') return LET_IN;
    const seed = PERMISSIONS.find(({ key }) => key === permission);
    return seed !== undefined && MEMBER_ROLES.slice(0, MEMBER_ROLES.indexOf(seed.from) + 1).includes(role) ? LET_IN : 403;
  }

  it('is what docs/permissions.md says (npm run permissions:docs)', async () => {
    expect(await readFile('docs/permissions.md', 'utf8')).toBe(permissionMatrix(document));
  });

  it('names a known permission on every route that asks for one', () => {
    const asked = routeAccesses(document).flatMap(({ permission }) => permission ?? []);
    expect(PERMISSIONS.map(({ key }) => key)).toEqual(expect.arrayContaining([...new Set(asked)]));
    expect(asked.length).toBeGreaterThan(10);
  });

  it.each(MEMBER_ROLES)('holds in every cell of %s', async (role) => {
    const { token } = await addMember(database, api, ada.orgId, role);
    const cells = await Promise.all(
      routeAccesses(document).map(async (route) => ({
        route: `${route.method} ${route.path}`,
        is: await answerTo(route, token),
        should: expected(route, role),
      })),
    );
    expect(cells.filter(({ is, should }) => is !== should)).toEqual([]);
  });

  it('holds in every cell of an API key: none without the scope, the route with it, no route of people', async () => {
    const none = await keyWith();
    const keys = new Map<string, string>();
    for (const { permission } of routeAccesses(document)) {
      if (permission !== null && !keys.has(permission)) keys.set(permission, await keyWith(permission));
    }
    const cells = await Promise.all(
      routeAccesses(document).map(async (route) => {
        const isOpen = route.access === 'public';
        const exact = keys.get(route.permission ?? '') ?? none;
        return {
          route: `${route.method} ${route.path}`,
          is: [await answerTo(route, none), await answerTo(route, exact)],
          should: [isOpen ? LET_IN : 403, isOpen || route.access === 'permission' ? LET_IN : 403],
        };
      }),
    );
    expect(cells.filter(({ is, should }) => is.join() !== should.join())).toEqual([]);
  });

  it('holds in every cell of nobody, and of who runs the platform', async () => {
    const root = await addMember(database, api, ada.orgId, 'VIEWER');
    await asSuperuser(database, `update app."user" set system_role = 'SYSTEM_ADMIN' where id = $1`, [root.userId]);
    const reason = { 'x-plinth-reason': 'a test' };
    const cells = await Promise.all(
      routeAccesses(document).map(async (route) => ({
        route: `${route.method} ${route.path}`,
        is: [await answerTo(route, undefined), await answerTo(route, root.token, reason)],
        should: [route.access === 'public' ? LET_IN : 401, route.access === 'system-admin' ? LET_IN : expected(route, 'VIEWER')],
      })),
    );
    expect(cells.filter(({ is, should }) => is.join() !== should.join())).toEqual([]);
  });
});

describe('what changes takes effect within 5 s, in every process', () => {
  const PATH = '/v1/agent-repositories';
  const NEW = { name: 'x', gitUrl: 'not an address' };
  let orgId: string;
  let owner: RegisteredPerson;

  beforeAll(async () => {
    owner = await register(api, 'Grace');
    orgId = owner.orgId;
  });

  /** Asks both processes the same; a DEVELOPER's request gets as far as being refused for its address. */
  const create = ({ token }: Pick<Member, 'token'>) => Promise.all([api, other].map((process) => process.call('POST', PATH, { token, json: NEW })));
  const list = ({ token }: Pick<Member, 'token'>) => Promise.all([api, other].map((process) => process.call('GET', PATH, { token })));
  const codes = (answers: readonly { status: number; body: Record<string, unknown> }[]) =>
    answers.map(({ status, body }) => `${status} ${typeof body['code'] === 'string' ? body['code'] : ''}`);

  const CHANGES = [
    [
      'a weaker role',
      'DEVELOPER',
      `update app.organization_user set role = 'VIEWER' where user_id = $1`,
      create,
      '422 GIT_URL_REFUSED',
      '403 PERMISSION_DENIED',
    ],
    ['a stronger role', 'VIEWER', `update app.organization_user set role = 'ADMIN' where user_id = $1`, create, '403 PERMISSION_DENIED', '422 GIT_URL_REFUSED'],
    [
      'a permission beside the role',
      'VIEWER',
      `update app.organization_user set permissions = '["agent_repository:create", "no:such"]' where user_id = $1`,
      create,
      '403 PERMISSION_DENIED',
      '422 GIT_URL_REFUSED',
    ],
    ['a removal', 'VIEWER', 'delete from app.organization_user where user_id = $1', list, '200 ', '401 SESSION_ENDED'],
    ['a deactivation', 'VIEWER', 'update app."user" set is_active = false where id = $1', list, '200 ', '401 SESSION_ENDED'],
    ['the end of the session', 'VIEWER', 'update app.refresh_token set revoked_at = now() where user_id = $1', list, '200 ', '401 SESSION_ENDED'],
    ['the account being gone', 'VIEWER', 'delete from app."user" where id = $1', list, '200 ', '401 SESSION_ENDED'],
  ] as const;

  it(`(${CHANGES.map(([name]) => name).join(', ')})`, async () => {
    await Promise.all(
      CHANGES.map(async ([name, role, sql, ask, before, after]) => {
        const member = await addMember(database, api, orgId, role);
        expect([name, ...codes(await ask(member))]).toEqual([name, before, before]);
        await asSuperuser(database, sql, [member.userId]);
        await eventually(async () => expect([name, ...codes(await ask(member))]).toEqual([name, after, after]));
      }),
    );
  });

  it('(the organization being suspended, for everybody in it, and active again)', async () => {
    expect(codes(await list(owner))).toEqual(['200 ', '200 ']);
    await asSuperuser(database, `update app.organization set status = 'SUSPENDED' where id = $1`, [orgId]);
    await eventually(async () => expect(codes(await list(owner))).toEqual(['403 ORGANIZATION_SUSPENDED', '403 ORGANIZATION_SUSPENDED']));
    expect((await list(ada)).map(({ status }) => status)).toEqual([200, 200]);
    const whatIsTheirs = await Promise.all(['/v1/sessions', '/v1/me/organizations', '/v1/me'].map((path) => api.call('GET', path, { token: owner.token })));
    expect(whatIsTheirs.map(({ status }) => status)).toEqual([200, 200, 403]);
    await asSuperuser(database, `update app.organization set status = 'ACTIVE' where id = $1`, [orgId]);
    await eventually(async () => expect((await list(owner)).map(({ status }) => status)).toEqual([200, 200]));
  });

  it('names the permission that is missing', async () => {
    const [answer] = await create(await addMember(database, api, orgId, 'VIEWER'));
    expect(answer?.body).toMatchObject({ code: 'PERMISSION_DENIED', detail: expect.stringContaining('"agent_repository:create"') });
  });

  it('a session of another organization is no way in: the token says which, the database whether', async () => {
    const member = await addMember(database, api, orgId, 'OWNER');
    await asSuperuser(database, 'update app.organization_user set org_id = $2 where user_id = $1', [member.userId, ada.orgId]);
    await eventually(async () => expect(codes(await list(member))).toEqual(['401 SESSION_ENDED', '401 SESSION_ENDED']));
  });
});
