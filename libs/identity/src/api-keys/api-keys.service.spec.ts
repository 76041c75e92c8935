import { OrganizationWorld } from '../../test/support/organization-world.js';
import { ApiKeysService } from './api-keys.service.js';

let world: OrganizationWorld;

beforeAll(async () => {
  world = await OrganizationWorld.open();
});
afterAll(() => world?.close());

const keys = () => new ApiKeysService(world.database.current);
const make = () => keys().create({ name: 'For later', scopes: ['run:read'] });
const live = async (orgId: string): Promise<number> => (await world.sql('select id from app.api_key where org_id = $1 and revoked_at is null', [orgId])).length;

// What a request began with may be seconds old; a key goes on for years.
describe('no key is made with rights that were taken away since the request began', () => {
  it('from somebody who has a weaker role by now', async () => {
    const owner = await world.owner();
    const admin = await world.person(owner.orgId, 'ADMIN');
    await world.as(owner, () => world.members.change(admin.userId, { role: 'VIEWER' }));
    await expect(world.asOnce(admin, 'ADMIN', make)).rejects.toMatchObject({ code: 'PERMISSION_DENIED', httpStatus: 403 });
    expect(await live(owner.orgId)).toBe(0);
  });

  it('with a scope that its maker no longer holds', async () => {
    const owner = await world.owner();
    const member = await world.person(owner.orgId, 'VIEWER', ['api_key:manage']);
    const create = () => keys().create({ name: 'For later', scopes: ['run:create'] });
    await expect(world.asOnce(member, 'OWNER', create)).rejects.toMatchObject({ code: 'SCOPE_NOT_HELD' });
    expect(await world.asOnce(member, 'VIEWER', make)).toMatchObject({ scopes: ['run:read'], createdBy: member.userId });
  });

  it('from somebody who was removed', async () => {
    const owner = await world.owner();
    const admin = await world.person(owner.orgId, 'ADMIN');
    await world.as(owner, () => world.members.remove(admin.userId));
    await expect(world.asOnce(admin, 'ADMIN', make)).rejects.toMatchObject({ code: 'SESSION_ENDED', httpStatus: 401 });
    expect(await live(owner.orgId)).toBe(0);
  });

  it('by a key that was revoked, which changes no member either', async () => {
    const owner = await world.owner();
    const member = await world.person(owner.orgId, 'VIEWER');
    const scopes = ['api_key:manage', 'run:read', 'member:update', 'member:remove'] as const;
    const keyId = await world.key(owner.orgId, scopes);
    const asKey = <T>(work: () => Promise<T>) => world.asKeyOf(owner.orgId, keyId, scopes, work);
    expect(await asKey(make)).toMatchObject({ scopes: ['run:read'], createdBy: null });
    await world.as(owner, () => keys().revoke(keyId));
    const refused = { code: 'API_KEY_INVALID', httpStatus: 401 };
    await expect(asKey(make)).rejects.toMatchObject(refused);
    await expect(asKey(() => world.members.change(member.userId, { permissions: ['run:read'] }))).rejects.toMatchObject(refused);
    await expect(asKey(() => world.members.remove(member.userId))).rejects.toMatchObject(refused);
    expect(await live(owner.orgId)).toBe(1);
  });
});
