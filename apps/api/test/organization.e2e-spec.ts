import { createTestDatabase, withAdmin, type TestDatabase } from '#database/testing';
import { asSuperuser } from './support/as-superuser.js';
import { eventually } from './support/eventually.js';
import { addMember } from './support/members.js';
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

const get = (token: string) => api.call('GET', '/v1/organization', { token });
const patch = (token: string, json: unknown, version?: string) =>
  api.call('PATCH', '/v1/organization', { token, json, headers: version === undefined ? {} : { 'if-match': version } });

describe('the organization', () => {
  it('is shown with the ETag that its change needs', async () => {
    const { status, body, headers } = await get(ada.token);
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { id: ada.orgId, name: 'Ada Ltd', slug: 'ada-ltd', description: null, settings: {}, status: 'ACTIVE' },
    });
    expect(headers['etag']).toBe(`"${String(body['version'])}"`);
  });

  it('is changed by the version that was read, and by no other', async () => {
    const etag = (await get(ada.token)).headers['etag'];
    const changed = await patch(ada.token, { name: ' Engines ', slug: 'engines', description: 'We analyse.', settings: { theme: { dark: true } } }, etag);
    expect(changed).toMatchObject({ status: 200, body: { name: 'Engines', slug: 'engines', description: 'We analyse.', settings: { theme: { dark: true } } } });
    expect(changed.headers['etag']).not.toBe(etag);
    expect(await patch(ada.token, { name: 'Late' }, etag)).toMatchObject({ status: 412, body: { code: 'VERSION_CONFLICT' } });
    expect(await patch(ada.token, { name: 'Blind' })).toMatchObject({ status: 428, body: { code: 'PRECONDITION_REQUIRED' } });
    expect(await patch(ada.token, { description: null }, changed.headers['etag'])).toMatchObject({ status: 200, body: { name: 'Engines', description: null } });
  });

  it('that two change at once is changed by one', async () => {
    const etag = (await get(ada.token)).headers['etag'];
    // Somebody holds the row until all three have read it and wait to change it.
    const answers = await withAdmin(database.urls.admin, async (admin) => {
      await admin.query('begin');
      await admin.query('select from app.organization where id = $1 for no key update', [ada.orgId]);
      const asked = Promise.all(['One', 'Two', 'Three'].map((name) => patch(ada.token, { name }, etag)));
      const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query ilike 'update%organization%'`;
      await eventually(async () => expect((await asSuperuser(database, waiting)).length).toBe(3));
      await admin.query('commit');
      return asked;
    });
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
  });

  it('has a slug of its own', async () => {
    const bob = await register(api, 'Bob');
    const etag = (await get(bob.token)).headers['etag'];
    await asSuperuser(database, `update app.organization set slug = 'taken' where id = $1`, [ada.orgId]);
    expect(await patch(bob.token, { slug: 'taken' }, etag)).toMatchObject({ status: 409, body: { code: 'SLUG_TAKEN', errors: [{ field: 'slug' }] } });
  });

  it.each<[object, string]>([
    [{ name: null }, 'name'],
    [{ name: ' ' }, 'name'],
    [{ slug: 'Not a slug' }, 'slug'],
    [{ slug: '-a' }, 'slug'],
    [{ settings: null }, 'settings'],
    [{ settings: [] }, 'settings'],
    [{ settings: { text: 'x'.repeat(20_000) } }, 'settings'],
    [{ status: 'ERASING' }, 'status'],
  ])('takes no %j', async (json, field) => {
    const { status, body } = await patch(ada.token, json, '"1"');
    expect({ status, code: body['code'] }).toEqual({ status: 400, code: 'VALIDATION_FAILED' });
    expect(body['errors']).toContainEqual(expect.objectContaining({ field }));
  });

  it('is seen by every member and changed by an ADMIN', async () => {
    const [viewer, admin] = [await addMember(database, api, ada.orgId, 'VIEWER'), await addMember(database, api, ada.orgId, 'ADMIN')];
    const etag = (await get(viewer.token)).headers['etag'];
    expect(await patch(viewer.token, { name: 'Mine' }, etag)).toMatchObject({ status: 403, body: { code: 'PERMISSION_DENIED' } });
    expect(await patch(admin.token, { name: 'Ours' }, etag)).toMatchObject({ status: 200 });
  });

  it('keeps in the audit log what was changed, but nothing of what is in the settings', async () => {
    const etag = (await get(ada.token)).headers['etag'];
    await patch(ada.token, { name: 'Logged', settings: { apiToken: 'planted-secret' } }, etag);
    const { body, text } = await api.call('GET', '/v1/audit-log?action=organization.changed&limit=1', { token: ada.token });
    expect(body).toMatchObject({
      items: [{ actorId: ada.userId, subjectId: ada.orgId, changes: { name: { to: 'Logged' }, settings: ['apiToken', 'theme'] } }],
    });
    expect(text).not.toContain('planted-secret');
  });
});

describe('another organization', () => {
  it('is made by whoever is signed in, who owns it', async () => {
    const made = await api.call('POST', '/v1/organizations', { token: ada.token, json: { name: ' Second  Ltd ' } });
    expect(made).toMatchObject({ status: 201, body: { name: 'Second  Ltd', slug: 'second-ltd', version: 1 }, headers: { etag: '"1"' } });
    const { id } = made.body;
    const [member] = await asSuperuser<{ role: string }>(database, 'select role from app.organization_user where org_id = $1 and user_id = $2', [
      id,
      ada.userId,
    ]);
    expect(member).toEqual({ role: 'OWNER' });
    const roles = await asSuperuser(database, 'select name from app.role where org_id = $1', [id]);
    expect(roles).toHaveLength(4);
    const log = await asSuperuser(database, 'select action, actor_id from app.audit_log where org_id = $1', [id]);
    expect(log).toEqual([{ action: 'organization.created', actor_id: ada.userId }]);
    expect((await get(ada.token)).body['id']).toBe(ada.orgId);
  });

  it('of the same name gets another slug', async () => {
    const answer = await api.call('POST', '/v1/organizations', { token: ada.token, json: { name: 'Second Ltd' } });
    expect(answer.body['slug']).toMatch(/^second-ltd-\w{5}$/);
  });

  it('needs a name and a session', async () => {
    expect(await api.call('POST', '/v1/organizations', { token: ada.token, json: {} })).toMatchObject({ status: 400 });
    expect(await api.call('POST', '/v1/organizations', { json: { name: 'x' } })).toMatchObject({ status: 401 });
  });
});
