import { newId } from '#database';
import { OrganizationWorld, type Person } from '../../test/support/organization-world.js';
import { permissionsOfRole } from '../access/permissions.js';

let world: OrganizationWorld;
let owner: Person;

beforeAll(async () => {
  world = await OrganizationWorld.open();
});
afterAll(() => world.close());
beforeEach(async () => {
  owner = await world.owner();
});

describe('members', () => {
  it('are listed page by page, with who they are and what they may do', async () => {
    const developer = await world.person(owner.orgId, 'DEVELOPER', ['audit:read']);
    await world.person((await world.owner()).orgId, 'ADMIN');
    const first = await world.as(owner, () => world.members.list({ limit: 1 }));
    const second = await world.as(owner, () => world.members.list({ limit: 1, cursor: first.nextCursor ?? '' }));
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([1, 1, null]);
    expect([...first.items, ...second.items]).toContainEqual({
      userId: developer.userId,
      name: 'Somebody',
      email: developer.email,
      role: 'DEVELOPER',
      permissions: ['audit:read'],
      isActive: true,
      joinedAt: expect.any(Date),
    });
  });

  it('of another organization are not found, by id as little as by change or removal', async () => {
    const stranger = await world.owner();
    const notFound = { code: 'MEMBER_NOT_FOUND', httpStatus: 404 };
    for (const userId of [stranger.userId, newId(), 'nonsense']) {
      await expect(world.as(owner, () => world.members.get(userId))).rejects.toMatchObject(notFound);
      await expect(world.as(owner, () => world.members.change(userId, { role: 'VIEWER' }))).rejects.toMatchObject(notFound);
      await expect(world.as(owner, () => world.members.remove(userId))).rejects.toMatchObject(notFound);
    }
    expect((await world.roles(stranger.orgId)).get(stranger.userId)).toBe('OWNER');
  });

  it('get another role and permissions, and the log says who gave which', async () => {
    const member = await world.person(owner.orgId, 'VIEWER', ['run:create']);
    const changed = await world.as(owner, () =>
      world.members.change(member.userId, { role: 'DEVELOPER', permissions: ['job:retry', 'audit:read', 'audit:read'] }),
    );
    expect(changed).toMatchObject({ role: 'DEVELOPER', permissions: ['audit:read', 'job:retry'] });
    expect(await world.audit(owner.orgId)).toEqual([
      {
        action: 'member.changed',
        subject_id: member.userId,
        actor_type: 'USER',
        actor_id: owner.userId,
        changes: { role: { from: 'VIEWER', to: 'DEVELOPER' }, permissions: { added: ['audit:read', 'job:retry'], taken: ['run:create'] } },
      },
    ]);
  });

  it('that are changed to what they are leave nothing in the log', async () => {
    const member = await world.person(owner.orgId, 'VIEWER');
    await world.as(owner, () => world.members.change(member.userId, { role: 'VIEWER', permissions: [] }));
    expect(await world.audit(owner.orgId)).toEqual([]);
  });

  it('are removed and leave, with an entry in the log each', async () => {
    const [removed, leaving] = [await world.person(owner.orgId, 'ADMIN'), await world.person(owner.orgId, 'VIEWER')];
    await world.as(owner, () => world.members.remove(removed.userId));
    await world.as(leaving, () => world.members.leave());
    expect([...(await world.roles(owner.orgId)).keys()]).toEqual([owner.userId]);
    expect((await world.audit(owner.orgId)).map(({ action, actor_id }) => [action, actor_id])).toEqual([
      ['member.removed', owner.userId],
      ['member.left', leaving.userId],
    ]);
  });
});

describe('nobody gives what they do not have', () => {
  const refused = { code: 'ROLE_NOT_GRANTABLE', httpStatus: 403 };

  it('an ADMIN makes no OWNER, and neither changes nor removes one', async () => {
    const admin = await world.person(owner.orgId, 'ADMIN');
    const member = await world.person(owner.orgId, 'VIEWER');
    await expect(world.as(admin, () => world.members.change(member.userId, { role: 'OWNER' }))).rejects.toMatchObject(refused);
    await expect(world.as(admin, () => world.members.change(admin.userId, { role: 'OWNER' }))).rejects.toMatchObject(refused);
    await expect(world.as(admin, () => world.members.change(owner.userId, { permissions: ['audit:read'] }))).rejects.toMatchObject(refused);
    await expect(world.as(admin, () => world.members.remove(owner.userId))).rejects.toMatchObject(refused);
    expect(await world.as(admin, () => world.members.change(member.userId, { role: 'ADMIN' }))).toMatchObject({ role: 'ADMIN' });
    expect(await world.audit(owner.orgId)).toHaveLength(1);
  });

  it('a permission is given by those who have it, and taken by all who may change the member', async () => {
    const admin = await world.person(owner.orgId, 'ADMIN');
    const member = await world.person(owner.orgId, 'VIEWER', ['billing:manage']);
    const give = (permissions: string[]) => world.as(admin, () => world.members.change(member.userId, { permissions }));
    await expect(give(['organization:delete'])).rejects.toMatchObject(refused);
    expect(await give(['billing:manage', 'audit:read'])).toMatchObject({ permissions: ['audit:read', 'billing:manage'] });
    expect(await give([])).toMatchObject({ permissions: [] });
    await expect(give(['billing:manage'])).rejects.toMatchObject(refused);
  });

  it('somebody who may change members by a permission alone stays below their own role', async () => {
    const developer = await world.person(owner.orgId, 'DEVELOPER', ['member:update', 'member:remove']);
    const admin = await world.person(owner.orgId, 'ADMIN');
    await expect(world.as(developer, () => world.members.change(developer.userId, { role: 'ADMIN' }))).rejects.toMatchObject(refused);
    await expect(world.as(developer, () => world.members.change(developer.userId, { permissions: ['member:update', 'audit:read'] }))).rejects.toMatchObject(
      refused,
    );
    await expect(world.as(developer, () => world.members.remove(admin.userId))).rejects.toMatchObject(refused);
  });

  it('an API key gives only what its scopes hold, and touches no OWNER', async () => {
    const member = await world.person(owner.orgId, 'VIEWER');
    const coOwner = await world.person(owner.orgId, 'OWNER');
    const allOfOwner = permissionsOfRole('OWNER');
    const few = ['member:update', 'member:remove', 'audit:read'];
    const change = (scopes: readonly string[], userId: string, role: 'OWNER' | 'DEVELOPER') =>
      world.asKey(owner.orgId, scopes, () => world.members.change(userId, { role }));
    await expect(change(allOfOwner, member.userId, 'OWNER')).rejects.toMatchObject(refused);
    await expect(change(allOfOwner, coOwner.userId, 'DEVELOPER')).rejects.toMatchObject(refused);
    await expect(world.asKey(owner.orgId, allOfOwner, () => world.members.remove(coOwner.userId))).rejects.toMatchObject(refused);
    await expect(change(few, member.userId, 'DEVELOPER')).rejects.toMatchObject(refused);
    expect(await change(allOfOwner, member.userId, 'DEVELOPER')).toMatchObject({ role: 'DEVELOPER' });
    await expect(world.asKey(owner.orgId, few, () => world.members.change(member.userId, { permissions: ['job:retry'] }))).rejects.toMatchObject(refused);
    expect(await world.asKey(owner.orgId, few, () => world.members.change(member.userId, { permissions: ['audit:read'] }))).toMatchObject({
      permissions: ['audit:read'],
    });
    await expect(world.asKey(owner.orgId, few, () => world.members.leave())).rejects.toMatchObject({ code: 'SESSION_ENDED' });
  });

  it('counts what the caller is now, and not what they were when the request began', async () => {
    const admin = await world.person(owner.orgId, 'ADMIN');
    const member = await world.person(owner.orgId, 'VIEWER');
    const late = world.as(admin, async () => {
      await world.sql(`update app.organization_user set role = 'VIEWER' where user_id = $1`, [admin.userId]);
      return world.members.change(member.userId, { role: 'ADMIN' });
    });
    await expect(late).rejects.toMatchObject({ code: 'PERMISSION_DENIED', httpStatus: 403 });
    const gone = world.as(member, async () => {
      await world.sql('delete from app.organization_user where user_id = $1', [member.userId]);
      return world.members.remove(admin.userId);
    });
    await expect(gone).rejects.toMatchObject({ code: 'SESSION_ENDED' });
  });
});
