import { InvitationConfig, loadConfig, type MemberRole } from '#database';
import { withAdmin } from '#database/testing';
import { KeptDeliveries } from '../../test/support/kept-deliveries.js';
import { OrganizationWorld, type Person } from '../../test/support/organization-world.js';
import { InvitationsService } from '../invitations/invitations.service.js';
import type { InvitationView } from '../invitations/views.js';

const ROUNDS = 15;

let world: OrganizationWorld;
let outbox: KeptDeliveries;
let invitations: InvitationsService;
let owner: Person;
let admin: Person;

beforeAll(async () => {
  world = await OrganizationWorld.open();
});
afterAll(() => world.close());
beforeEach(async () => {
  outbox = new KeptDeliveries();
  invitations = new InvitationsService(world.database.current, world.database, outbox, loadConfig(InvitationConfig, { NODE_ENV: 'test' }));
  owner = await world.owner();
  admin = await world.person(owner.orgId, 'ADMIN');
});

const invite = (by: Person, email: string, role: MemberRole = 'DEVELOPER'): Promise<InvitationView> => world.as(by, () => invitations.invite({ email, role }));

/** What became of the invitations, by address. */
async function states(): Promise<Record<string, string>> {
  const { items } = await world.as(owner, () => invitations.list());
  return Object.fromEntries(items.map(({ email, status }) => [email, status]));
}

const revocations = async (): Promise<unknown[]> => (await world.audit(owner.orgId)).filter(({ action }) => action === 'invitation.revoked');

it.each<[string, MemberRole, (member: Person) => Promise<unknown>]>([
  ['is removed', 'OWNER', (member) => world.as(owner, () => world.members.remove(member.userId))],
  ['leaves', 'ADMIN', (member) => world.as(member, () => world.members.leave())],
])('what a member has offered is revoked when the member %s', async (_name, role, go) => {
  const member = await world.person(owner.orgId, role);
  const joined = await world.person(owner.orgId);
  await invite(member, joined.email);
  await invitations.accept(outbox.lastToken, joined);
  const { id } = await invite(member, 'viewer@example.test', 'VIEWER');
  const token = outbox.lastToken;
  await invite(owner, 'other@example.test', 'ADMIN');
  await go(member);
  expect(await states()).toEqual({ [joined.email]: 'ACCEPTED', 'viewer@example.test': 'REVOKED', 'other@example.test': 'PENDING' });
  expect(await invitations.inspect(token)).toBeUndefined();
  expect(await revocations()).toEqual([
    expect.objectContaining({ subject_id: id, changes: { email: 'viewer@example.test', role: 'VIEWER', createdBy: member.userId } }),
  ]);
  expect((await world.roles(owner.orgId)).get(joined.userId)).toBe('DEVELOPER');
});

it('what a member has offered beyond a new role is revoked with the old one, and the rest stays', async () => {
  for (const role of ['ADMIN', 'DEVELOPER', 'VIEWER'] as const) await invite(admin, `${role.toLowerCase()}@example.test`, role);
  await world.as(owner, () => world.members.change(admin.userId, { permissions: ['organization:delete'] }));
  expect(await revocations()).toEqual([]);
  await world.as(owner, () => world.members.change(admin.userId, { role: 'DEVELOPER', permissions: [] }));
  expect(await states()).toEqual({ 'admin@example.test': 'REVOKED', 'developer@example.test': 'PENDING', 'viewer@example.test': 'PENDING' });
  expect(await revocations()).toMatchObject([{ actor_id: owner.userId, changes: { role: 'ADMIN', createdBy: admin.userId } }]);
});

it('what somebody has renewed for another member is theirs, and is revoked with them', async () => {
  await invite(owner, 'mallory@example.test', 'VIEWER');
  await invite(admin, 'mallory@example.test', 'ADMIN');
  const token = outbox.lastToken;
  await world.as(owner, () => world.members.remove(admin.userId));
  expect(await invitations.inspect(token)).toBeUndefined();
});

it('a change that is refused revokes nothing', async () => {
  await invite(owner, 'guest@example.test', 'ADMIN');
  await expect(world.as(owner, () => world.members.leave())).rejects.toMatchObject({ code: 'LAST_OWNER' });
  await expect(world.as(owner, () => world.members.change(owner.userId, { role: 'VIEWER' }))).rejects.toMatchObject({ code: 'LAST_OWNER' });
  expect(await states()).toEqual({ 'guest@example.test': 'PENDING' });
});

/** How many transactions wait for a lock. */
async function waiting(): Promise<number> {
  return (await world.sql(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).length;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 5));
}

it('a removal waits for an invitation that its member is about to make, and revokes it', async () => {
  const email = 'late@example.test';
  const { id } = await invite(owner, email, 'VIEWER');
  let isRemoved = false;
  const acts = await withAdmin(world.test.urls.admin, async (outside) => {
    // Holds the invitation between the look at the member's rights and the writing.
    await outside.query('begin');
    await outside.query('select from app.organization_invitation where id = $1 for update', [id]);
    const inviting = invite(admin, email, 'ADMIN');
    await until(async () => (await waiting()) === 1);
    const removing = world.as(owner, () => world.members.remove(admin.userId)).finally(() => (isRemoved = true));
    await until(async () => isRemoved || (await waiting()) === 2);
    await outside.query('rollback');
    return [inviting, removing];
  });
  expect((await Promise.allSettled(acts)).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
  expect(await invitations.inspect(outbox.lastToken)).toBeUndefined();
  expect((await world.as(owner, () => invitations.list())).items.map(({ status }) => status)).toEqual(['REVOKED', 'REVOKED']);
});

it('who invites after being removed leaves no invitation behind', async () => {
  await world.as(owner, () => world.members.remove(admin.userId));
  const late = world.asOnce(admin, 'ADMIN', () => invitations.invite({ email: 'late@example.test', role: 'ADMIN' }));
  await expect(late).rejects.toMatchObject({ code: 'SESSION_ENDED' });
  expect(await states()).toEqual({});
});

it('who accepts while the inviter is removed joins or is refused, and nobody waits in a circle', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const [member, guest] = [await world.person(owner.orgId, 'ADMIN'), await world.person(owner.orgId)];
    await invite(member, guest.email, 'VIEWER');
    const token = outbox.lastToken;
    const ends = await Promise.allSettled([invitations.accept(token, guest), world.as(owner, () => world.members.remove(member.userId))]);
    expect(ends[1]).toMatchObject({ status: 'fulfilled' });
    if (ends[0].status === 'rejected') expect(ends[0].reason).toMatchObject({ code: 'INVITATION_TOKEN_INVALID' });
    expect((await world.roles(owner.orgId)).has(guest.userId)).toBe(ends[0].status === 'fulfilled');
  }
});
