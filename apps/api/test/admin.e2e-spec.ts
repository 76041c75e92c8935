import { newId } from '#database';
import { createTestDatabase, type TestDatabase } from '#database/testing';
import { addAgent, createRepository } from './support/agents.js';
import { asSuperuser } from './support/as-superuser.js';
import { eventually } from './support/eventually.js';
import type { Answer } from './support/http-client.js';
import { addMember, type Member } from './support/members.js';
import { register, startApi, type RegisteredPerson, type RunningApi } from './support/running-api.js';

const REASON = 'Ticket 4711';

let database: TestDatabase;
let api: RunningApi;
/** Another process of the same service, with caches of its own. */
let other: RunningApi;
let root: RegisteredPerson;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  other = await startApi(database);
  root = await register(api, 'Root');
  await asSuperuser(database, `update app."user" set system_role = 'SYSTEM_ADMIN' where id = $1`, [root.userId]);
});

afterAll(async () => {
  await other?.close();
  await api?.close();
  await database?.drop();
});

const ask = (method: string, path: string, json?: unknown, reason: string | undefined = REASON, token = root.token): Promise<Answer> =>
  api.call(method, `/v1/admin/${path}`, { token, json, headers: reason === undefined ? {} : { 'x-plinth-reason': reason } });
const act = (path: string, json?: unknown): Promise<Answer> => ask('POST', path, json);
/** What both processes answer somebody. */
const statuses = async ({ token }: Pick<Member, 'token'>): Promise<string[]> => {
  const answers = await Promise.all([api, other].map((process) => process.call('GET', '/v1/agent-repositories', { token })));
  return answers.map(({ status, body }) => `${status} ${typeof body['code'] === 'string' ? body['code'] : ''}`.trim());
};
const both = (answer: string): string[] => [answer, answer];

async function runOf(orgId: string, userId: string, parent: string | null = null): Promise<string> {
  const id = newId();
  await asSuperuser(database, `insert into app.run (org_id, id, agent_name, parent_run_id, status, created_by) values ($1, $2, 'helper', $3, 'QUEUED', $4)`, [
    orgId,
    id,
    parent,
    userId,
  ]);
  return id;
}

describe('running the platform', () => {
  it('is for a SYSTEM_ADMIN only, at this moment', async () => {
    const ada = await register(api, 'Ada');
    expect(await ask('GET', 'organizations', undefined, REASON, ada.token)).toMatchObject({ status: 403, body: { code: 'SYSTEM_ADMIN_REQUIRED' } });
    await asSuperuser(database, `update app."user" set system_role = 'SYSTEM_ADMIN' where id = $1`, [ada.userId]);
    expect((await ask('GET', 'organizations', undefined, REASON, ada.token)).status).toBe(200);
    await asSuperuser(database, `update app."user" set system_role = 'USER' where id = $1`, [ada.userId]);
    expect((await ask('GET', 'organizations', undefined, REASON, ada.token)).status).toBe(403);
  });

  it.each([
    ['no reason', undefined],
    ['blanks', '  '],
    ['a reason that is too long', 'x'.repeat(501)],
  ])('is refused with %s, and nothing happens', async (_name, reason) => {
    const answer = await api.call('GET', '/v1/admin/users', { token: root.token, headers: reason === undefined ? {} : { 'x-plinth-reason': reason } });
    expect(answer).toMatchObject({ status: 400, body: { code: 'REASON_REQUIRED', errors: [{ field: 'X-Plinth-Reason' }] } });
  });

  it('is kept, with who, why and what', async () => {
    const eve = await register(api, 'Eve');
    await ask('POST', `users/${eve.userId}/reactivate`, undefined, encodeURIComponent('Für Ticket 12'));
    const rows = await asSuperuser<{ event: string; actor: string; reason: string }>(
      database,
      `select event, actor, reason from app.unrestricted_access where reason like 'reactivate user %' order by created_at`,
    );
    expect(rows).toEqual(['STARTED', 'ENDED'].map((event) => ({ event, actor: root.userId, reason: `reactivate user ${eve.userId}: Für Ticket 12` })));
  });

  it('lists organizations page by page, and by status', async () => {
    const first = await ask('GET', 'organizations?limit=1');
    expect(first).toMatchObject({ status: 200, body: { items: [{ id: root.orgId, status: 'ACTIVE', members: 1 }] } });
    const second = await ask('GET', `organizations?limit=1&cursor=${String(first.body['nextCursor'])}`);
    expect(second).toMatchObject({ status: 200, body: { items: [{ id: expect.not.stringMatching(root.orgId) }] } });
    expect(await ask('GET', 'organizations?status=ERASING')).toMatchObject({ body: { items: [], nextCursor: null } });
    expect(await ask('GET', 'organizations?cursor=bm8')).toMatchObject({ status: 400, body: { code: 'INVALID_CURSOR' } });
  });

  it('finds users by their address', async () => {
    const finn = await register(api, 'Finn');
    const expected = { items: [expect.objectContaining({ id: finn.userId, email: finn.email, isActive: true, systemRole: 'USER' })], nextCursor: null };
    expect((await ask('GET', `users?address=${encodeURIComponent(finn.email.toUpperCase())}`)).body).toEqual(expected);
    expect((await ask('GET', 'users?address=finn')).body).toEqual(expected);
    expect((await ask('GET', 'users?address=%25inn')).body).toEqual({ items: [], nextCursor: null });
    expect((await ask('GET', `users/${finn.userId}`)).body).toMatchObject({ memberships: [{ organizationId: finn.orgId, role: 'OWNER' }] });
    expect(await ask('GET', `users/${newId()}`)).toMatchObject({ status: 404, body: { code: 'USER_NOT_FOUND' } });
  });
});

describe('an organization', () => {
  it('is suspended and let back in, everywhere within 5 s; and a SYSTEM_ADMIN takes back what shut them out too', async () => {
    const gina = await register(api, 'Gina');
    expect(await statuses(gina)).toEqual(both('200'));
    expect(await act(`organizations/${gina.orgId}/suspend`)).toMatchObject({ status: 200, body: { id: gina.orgId, status: 'SUSPENDED' } });
    await act(`organizations/${root.orgId}/suspend`);
    await eventually(async () =>
      expect([await statuses(gina), await statuses(root)]).toEqual([both('403 ORGANIZATION_SUSPENDED'), both('403 ORGANIZATION_SUSPENDED')]),
    );
    for (const orgId of [gina.orgId, root.orgId])
      expect(await act(`organizations/${orgId}/reactivate`)).toMatchObject({ status: 200, body: { status: 'ACTIVE' } });
    await eventually(async () => expect([await statuses(gina), await statuses(root)]).toEqual([both('200'), both('200')]));
  });

  it('that is not there, or is being erased, is not suspended', async () => {
    expect(await act(`organizations/${newId()}/suspend`)).toMatchObject({ status: 404, body: { code: 'ORGANIZATION_NOT_FOUND' } });
    const hugo = await register(api, 'Hugo');
    await asSuperuser(database, `update app.organization set status = 'ERASING' where id = $1`, [hugo.orgId]);
    expect(await act(`organizations/${hugo.orgId}/reactivate`)).toMatchObject({ status: 409, body: { code: 'ORGANIZATION_ERASING' } });
  });
});

describe('a user', () => {
  it('is deactivated everywhere within 5 s, for all sessions there are, and signs in again once reactivated', async () => {
    const ivy = await register(api, 'Ivy');
    const login = () => api.call('POST', '/v1/auth/login', { json: { email: ivy.email, password: ivy.password } });
    expect(await statuses(ivy)).toEqual(both('200'));
    expect(await act(`users/${ivy.userId}/deactivate`)).toMatchObject({ status: 200, body: { isActive: false } });
    await eventually(async () => expect(await statuses(ivy)).toEqual(both('401 SESSION_ENDED')));
    expect((await login()).status).toBe(401);
    expect(await act(`users/${ivy.userId}/reactivate`)).toMatchObject({ status: 200, body: { isActive: true } });
    expect(await statuses(ivy)).toEqual(both('401 SESSION_ENDED'));
    expect((await login()).status).toBe(200);
  });

  it('is not deactivated, anonymised or deleted by themselves', async () => {
    for (const what of ['deactivate', 'anonymise', 'delete'])
      expect(await act(`users/${root.userId}/${what}`, {})).toMatchObject({ status: 409, body: { code: 'OWN_ACCOUNT' } });
  });

  it('is anonymised: nothing names them, and what they made stays', async () => {
    const jane = await register(api, 'Jane');
    const kim = await addMember(database, api, jane.orgId, 'OWNER');
    const repository = await createRepository(api, jane, 'made by Jane');
    expect(await act(`users/${jane.userId}/anonymise`)).toMatchObject({
      status: 200,
      body: { id: jane.userId, email: `${jane.userId}@anonymised.invalid`, name: 'Anonymised user', isActive: false, memberships: [] },
    });
    await eventually(async () => expect(await statuses(jane)).toEqual(both('401 SESSION_ENDED')));
    for (const table of ['user_credential', 'refresh_token', 'one_time_token', 'organization_user']) {
      expect({ table, rows: await asSuperuser(database, `select 1 from app.${table} where user_id = $1`, [jane.userId]) }).toEqual({ table, rows: [] });
    }
    expect((await api.call('GET', `/v1/agent-repositories/${repository}`, { token: kim.token })).status).toBe(200);
    const named = await asSuperuser(database, `select 1 from app."user" where email = $1 or name = 'Jane'`, [jane.email]);
    expect(named).toEqual([]);
    expect((await act(`users/${jane.userId}/anonymise`)).status).toBe(200);
  });

  it('is not anonymised as the last active OWNER of organizations, which are listed', async () => {
    const lea = await register(api, 'Lea');
    const idle = await addMember(database, api, lea.orgId, 'OWNER');
    await asSuperuser(database, 'update app."user" set is_active = false where id = $1', [idle.userId]);
    expect(await act(`users/${lea.userId}/anonymise`)).toMatchObject({
      status: 409,
      body: { code: 'LAST_OWNER', details: { organizations: [{ id: lea.orgId, name: 'Lea Ltd' }] } },
    });
    expect((await ask('GET', `users/${lea.userId}`)).body).toMatchObject({ email: lea.email });
  });
});

describe('deleting a user', () => {
  /** Somebody with a repository, an agent of it that another agent was made from, and a run with one nested in it. */
  async function maker(name: string) {
    const owner = await register(api, `${name}owner`);
    const user = await addMember(database, api, owner.orgId, 'ADMIN');
    const repository = await createRepository(api, { ...owner, token: user.token, userId: user.userId }, `of ${name}`);
    const gitAgent = await addAgent(database, repository, { name: 'helper' });
    await asSuperuser(
      database,
      `insert into app.agent (org_id, id, name, git_agent_id, created_by) select org_id, $2, 'copy', id, $3 from app.git_agent where uid = $1`,
      [gitAgent, newId(), user.userId],
    );
    const run = await runOf(owner.orgId, user.userId);
    const nested = await runOf(owner.orgId, owner.userId, run);
    await asSuperuser(
      database,
      `insert into app.task (org_id, id, agent_id, run_id, title, input, created_by) select org_id, $2, id, $3, 'task', '{}', $4 from app.agent where name = 'copy' and org_id = $1`,
      [owner.orgId, newId(), nested, owner.userId],
    );
    return { owner, user, run, nested };
  }
  const count = async (table: string, orgId: string): Promise<number> =>
    (await asSuperuser<{ rows: number }>(database, `select count(*)::int as rows from app.${table} where org_id = $1`, [orgId]))[0]?.rows ?? -1;

  it('without a decision says what would go, by table, and changes nothing', async () => {
    const { user, owner } = await maker('ann');
    const answer = await act(`users/${user.userId}/delete`, {});
    expect(answer).toMatchObject({ status: 409, body: { code: 'DELETION_UNDECIDED' } });
    expect(answer.body['details']).toEqual({
      goes: [
        { table: 'agent_repository', rows: 1 },
        { table: 'git_agent', rows: 1 },
        { table: 'organization_user', rows: 1 },
        { table: 'refresh_token', rows: 1 },
        { table: 'run', rows: 2 },
      ],
      forgets: [{ table: 'agent', column: 'created_by', rows: 1 }],
      ownerless: [],
    });
    expect([await count('run', owner.orgId), await count('git_agent', owner.orgId)]).toEqual([2, 1]);
    expect(await statuses(user)).toEqual(both('200'));
  });

  it('with an explicit yes loses exactly what was counted, and everything else forgets', async () => {
    const { user, owner } = await maker('bert');
    const preview = (await act(`users/${user.userId}/delete`, {})).body['details'];
    const tables = ['agent_repository', 'git_agent', 'organization_user', 'run', 'agent', 'task'];
    const before = await Promise.all(tables.map((table) => count(table, owner.orgId)));
    expect(await act(`users/${user.userId}/delete`, { lose: true })).toMatchObject({ status: 200, body: preview });
    const after = await Promise.all(tables.map((table) => count(table, owner.orgId)));
    expect(before.map((rows, index) => rows - (after[index] ?? 0))).toEqual([1, 1, 1, 2, 0, 0]);
    expect(await asSuperuser(database, 'select git_agent_id, created_by from app.agent where org_id = $1', [owner.orgId])).toEqual([
      { git_agent_id: null, created_by: null },
    ]);
    expect(await asSuperuser(database, 'select run_id from app.task where org_id = $1', [owner.orgId])).toEqual([{ run_id: null }]);
    await eventually(async () => expect(await statuses(user)).toEqual(both('401 SESSION_ENDED')));
    expect(await act(`users/${user.userId}/delete`, { lose: true })).toMatchObject({ status: 404 });
  });

  it('counts what a migration adds too: the catalogue says what goes, and no list of ours', async () => {
    const { user } = await maker('fay');
    const created = 'create table app.badge (id uuid primary key, user_id uuid not null references app."user" (id) on delete cascade)';
    for (const sql of [created, 'grant select on app.badge to app_admin']) await asSuperuser(database, sql);
    await asSuperuser(database, 'insert into app.badge (id, user_id) values ($1, $2)', [newId(), user.userId]);
    const { body } = await act(`users/${user.userId}/delete`, {});
    expect(body['details']).toMatchObject({ goes: expect.arrayContaining([{ table: 'badge', rows: 1 }]) });
    await asSuperuser(database, 'drop table app.badge');
  });

  it('gives what they made to somebody of the same organization', async () => {
    const { user, owner, run } = await maker('cleo');
    expect(await act(`users/${user.userId}/delete`, { giveTo: owner.userId })).toMatchObject({
      status: 200,
      body: {
        goes: [
          { table: 'organization_user', rows: 1 },
          { table: 'refresh_token', rows: 1 },
        ],
      },
    });
    expect(await asSuperuser(database, 'select created_by from app.run where id = $1', [run])).toEqual([{ created_by: owner.userId }]);
    expect(await asSuperuser(database, 'select created_by from app.agent_repository where org_id = $1', [owner.orgId])).toEqual([{ created_by: owner.userId }]);
    expect(await count('run', owner.orgId)).toBe(2);
  });

  it('gives nothing to somebody who could not reach it, or is not there', async () => {
    const { user, owner } = await maker('dora');
    expect(await act(`users/${user.userId}/delete`, { giveTo: root.userId })).toMatchObject({
      status: 409,
      body: { code: 'KEEPER_NOT_MEMBER', details: { organizations: [{ id: owner.orgId }] } },
    });
    for (const giveTo of [user.userId, newId()])
      expect(await act(`users/${user.userId}/delete`, { giveTo })).toMatchObject({ status: 422, body: { code: 'KEEPER_UNFIT' } });
    expect(await act(`users/${user.userId}/delete`, { giveTo: owner.userId, lose: true })).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
    expect(await act(`users/${user.userId}/delete`, { lose: false })).toMatchObject({ status: 400 });
    expect(await act(`users/${user.userId}/delete`, { lose: null })).toMatchObject({ status: 409 });
  });

  it('makes who gets the rows of a last OWNER an OWNER, and lists the organizations that would have none', async () => {
    const { user, owner } = await maker('emil');
    const preview = await act(`users/${owner.userId}/delete`, {});
    expect(preview.body['details']).toMatchObject({ ownerless: [{ id: owner.orgId }] });
    expect(await act(`users/${owner.userId}/delete`, { giveTo: user.userId })).toMatchObject({ status: 200, body: { ownerless: [] } });
    expect(await asSuperuser(database, 'select user_id, role from app.organization_user where org_id = $1', [owner.orgId])).toEqual([
      { user_id: user.userId, role: 'OWNER' },
    ]);
  });
});
