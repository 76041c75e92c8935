import { InvitationConfig, loadConfig, newId, type MemberRole } from '#database';
import { KeptDeliveries } from '../../test/support/kept-deliveries.js';
import { OrganizationWorld, type Person } from '../../test/support/organization-world.js';
import { InvitationsService } from './invitations.service.js';

const invalid = { code: 'INVITATION_TOKEN_INVALID', httpStatus: 404 };

let world: OrganizationWorld;
let outbox: KeptDeliveries;
let invitations: InvitationsService;
let owner: Person;
let guest: Person;

beforeAll(async () => {
  world = await OrganizationWorld.open();
});
afterAll(() => world.close());
beforeEach(async () => {
  outbox = new KeptDeliveries();
  invitations = new InvitationsService(world.database.current, world.database, outbox, loadConfig(InvitationConfig, { NODE_ENV: 'test' }));
  owner = await world.owner();
  guest = await world.person(owner.orgId);
});

const invite = (by: Person, email: string, role: MemberRole = 'DEVELOPER') => world.as(by, () => invitations.invite({ email, role }));
const accept = (token: string, person: Person) => invitations.accept(token, person);

/** Invites the guest and returns what was sent to them. */
async function invited(role: MemberRole = 'DEVELOPER'): Promise<string> {
  await invite(owner, guest.email, role);
  return outbox.sent.at(-1)?.token ?? '';
}

describe('inviting', () => {
  it('sends the token to the address alone, and keeps no more than its hash', async () => {
    const view = await invite(owner, ` ${guest.email.toUpperCase()}`);
    expect(view).toEqual({
      id: expect.any(String),
      email: guest.email,
      role: 'DEVELOPER',
      status: 'PENDING',
      expiresAt: expect.any(Date),
      createdBy: owner.userId,
      acceptedBy: null,
      acceptedAt: null,
      createdAt: expect.any(Date),
    });
    expect(Math.round((view.expiresAt.getTime() - view.createdAt.getTime()) / 1000)).toBe(7 * 86_400);
    const [delivery] = outbox.sent;
    expect(delivery).toMatchObject({ to: guest.email, purpose: 'INVITATION', organizationName: expect.stringContaining('Organization') });
    const token = delivery?.token ?? '';
    expect(token).toMatch(new RegExp(`^pli_${owner.orgId.replaceAll('-', '')}\\.${view.id.replaceAll('-', '')}\\.[A-Za-z0-9_-]{43}$`));
    const secret = token.split('.').at(-1) ?? '-';
    expect(JSON.stringify([view, await world.audit(owner.orgId), await world.sql('select * from app.organization_invitation')])).not.toContain(secret);
  });

  it('again renews the pending invitation, and ends the token sent before', async () => {
    const first = await invited('VIEWER');
    const second = await invited('DEVELOPER');
    expect(await invitations.inspect(first)).toBeUndefined();
    expect(await invitations.inspect(second)).toEqual({ organizationId: owner.orgId, email: guest.email, role: 'DEVELOPER' });
    expect((await world.as(owner, () => invitations.list())).items).toHaveLength(1);
    expect((await world.audit(owner.orgId)).map(({ action }) => action)).toEqual(['invitation.created', 'invitation.renewed']);
  });

  it('an address that somebody else has invited replaces that invitation, also at the same moment', async () => {
    const admin = await world.person(owner.orgId, 'ADMIN');
    const first = await invite(admin, guest.email, 'VIEWER');
    const firstToken = outbox.lastToken;
    const second = await invite(owner, guest.email);
    expect(second).toMatchObject({ createdBy: owner.userId, role: 'DEVELOPER', status: 'PENDING' });
    expect(await invitations.inspect(firstToken)).toBeUndefined();
    expect((await world.as(owner, () => invitations.list())).items).toMatchObject([
      { id: second.id, status: 'PENDING' },
      { id: first.id, status: 'REVOKED', createdBy: admin.userId },
    ]);
    expect((await world.audit(owner.orgId)).map(({ action }) => action)).toEqual(['invitation.created', 'invitation.revoked', 'invitation.created']);
    for (let round = 0; round < 10; round += 1) {
      const email = `both${round}@example.test`;
      const views = await Promise.all([invite(admin, email), invite(owner, email)]);
      const { items } = await world.as(owner, () => invitations.list({ limit: 2 }));
      expect(items.map(({ status }) => status).sort()).toEqual(['PENDING', 'REVOKED']);
      for (const { id, createdBy } of views) expect(items).toContainEqual(expect.objectContaining({ id, createdBy }));
    }
  });

  it('a member is refused, and a member of another organization is a stranger like any other', async () => {
    const member = await world.person(owner.orgId, 'VIEWER');
    const foreign = await world.owner();
    await expect(invite(owner, member.email)).rejects.toMatchObject({ code: 'ALREADY_MEMBER', httpStatus: 409 });
    expect(await invite(owner, foreign.email)).toMatchObject({ status: 'PENDING' });
    expect(await invite(owner, 'nobody@example.test')).toMatchObject({ status: 'PENDING' });
    expect(outbox.sent).toHaveLength(2);
  });

  it('offers no role stronger than the own, and neither renews nor revokes one', async () => {
    const admin = await world.person(owner.orgId, 'ADMIN');
    const refused = { code: 'ROLE_NOT_GRANTABLE', httpStatus: 403 };
    await expect(invite(admin, guest.email, 'OWNER')).rejects.toMatchObject(refused);
    const { id } = await invite(owner, guest.email, 'OWNER');
    await expect(invite(admin, guest.email, 'VIEWER')).rejects.toMatchObject(refused);
    await expect(world.as(admin, () => invitations.revoke(id))).rejects.toMatchObject(refused);
    await expect(world.asKey(owner.orgId, ['member:invite'], () => invitations.invite({ email: 'a@example.test', role: 'VIEWER' }))).rejects.toMatchObject(
      refused,
    );
    expect((await world.as(owner, () => invitations.list())).items).toMatchObject([{ id, role: 'OWNER', status: 'PENDING' }]);
  });

  it('where nothing can be sent makes nothing', async () => {
    const refusing = new (class extends KeptDeliveries {
      override assertReady(): never {
        throw new Error('no mail');
      }
    })();
    const service = new InvitationsService(world.database.current, world.database, refusing, loadConfig(InvitationConfig, { NODE_ENV: 'test' }));
    await expect(world.as(owner, () => service.invite({ email: guest.email, role: 'VIEWER' }))).rejects.toThrow('no mail');
    expect((await world.as(owner, () => invitations.list())).items).toEqual([]);
  });

  it('is listed newest first by what became of it, and seen by the own organization only', async () => {
    const expired = await invite(owner, 'late@example.test');
    await world.sql(`update app.organization_invitation set expires_at = now() - interval '1 second' where id = $1`, [expired.id]);
    const revoked = await invite(owner, 'gone@example.test');
    await world.as(owner, () => invitations.revoke(revoked.id));
    await accept(await invited(), guest);
    const pending = await invite(owner, 'soon@example.test');
    const list = (status?: 'PENDING' | 'EXPIRED') => world.as(owner, () => invitations.list({}, status));
    expect((await list()).items.map(({ status }) => status)).toEqual(['PENDING', 'ACCEPTED', 'REVOKED', 'EXPIRED']);
    expect((await list('PENDING')).items.map(({ id }) => id)).toEqual([pending.id]);
    expect((await list('EXPIRED')).items.map(({ id }) => id)).toEqual([expired.id]);
    const page = await world.as(owner, () => invitations.list({ limit: 3 }));
    expect((await world.as(owner, () => invitations.list({ limit: 3, cursor: page.nextCursor ?? '' }))).items.map(({ id }) => id)).toEqual([expired.id]);
    const stranger = await world.owner();
    expect((await world.as(stranger, () => invitations.list())).items).toEqual([]);
    await expect(world.as(stranger, () => invitations.revoke(pending.id))).rejects.toMatchObject({ code: 'INVITATION_NOT_FOUND' });
  });
});

describe('accepting', () => {
  it('makes the person a member with the role, once, and says so in the log in their name', async () => {
    const token = await invited('ADMIN');
    expect(await accept(token, guest)).toEqual({ organizationId: owner.orgId, email: guest.email, role: 'ADMIN' });
    expect((await world.roles(owner.orgId)).get(guest.userId)).toBe('ADMIN');
    await expect(accept(token, guest)).rejects.toMatchObject(invalid);
    expect(await invitations.inspect(token)).toBeUndefined();
    expect((await world.audit(owner.orgId)).at(-1)).toMatchObject({
      action: 'member.joined',
      actor_type: 'USER',
      actor_id: guest.userId,
      subject_id: guest.userId,
    });
  });

  it('twice at once succeeds once', async () => {
    for (let round = 0; round < 10; round += 1) {
      const person = await world.person(owner.orgId);
      await invite(owner, person.email);
      const token = outbox.sent.at(-1)?.token ?? '';
      const ends = await Promise.allSettled([accept(token, person), accept(token, person)]);
      expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(ends.find(({ status }) => status === 'rejected')).toMatchObject({ reason: invalid });
    }
  });

  it('is for the address it was sent to, and names it to nobody else', async () => {
    const token = await invited();
    const other = await world.person(owner.orgId);
    const refusal = await accept(token, other).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'INVITATION_FOR_SOMEBODY_ELSE', httpStatus: 403 });
    expect(String(refusal)).not.toContain(guest.email);
    expect((await world.roles(owner.orgId)).has(other.userId)).toBe(false);
    expect(await accept(token, guest)).toMatchObject({ role: 'DEVELOPER' });
  });

  it('by somebody who is a member by now is refused', async () => {
    const token = await invited();
    await world.sql(`insert into app.organization_user (org_id, user_id, role) values ($1, $2, 'VIEWER')`, [owner.orgId, guest.userId]);
    await expect(accept(token, guest)).rejects.toMatchObject({ code: 'ALREADY_MEMBER' });
    expect((await world.roles(owner.orgId)).get(guest.userId)).toBe('VIEWER');
  });

  it.each<[string, (token: string) => string | Promise<string>]>([
    ['that is none', () => 'nonsense'],
    ['with another secret', (token) => `${token.slice(0, -43)}${'A'.repeat(43)}`],
    ['of another organization', async (token) => token.replace(/^pli_\w{32}/, `pli_${(await world.owner()).orgId.replaceAll('-', '')}`)],
    ['of an organization that never was', (token) => token.replace(/^pli_\w{32}/, `pli_${newId().replaceAll('-', '')}`)],
    ['of another invitation', (token) => token.replace(/\.\w{32}\./, `.${newId().replaceAll('-', '')}.`)],
    ['with ids that are none', (token) => token.replace(/^pli_\w{32}/, `pli_${'f'.repeat(32)}`)],
    ['that is too old', (token) => after(token, `update app.organization_invitation set expires_at = now() where org_id = $1`)],
    ['that was revoked', (token) => after(token, `update app.organization_invitation set status = 'REVOKED' where org_id = $1`)],
    ['of an organization that is suspended', (token) => after(token, `update app.organization set status = 'SUSPENDED' where id = $1`)],
  ])('a token %s is answered like every other bad one', async (_name, spoil) => {
    const token = await spoil(await invited());
    await expect(accept(token, guest)).rejects.toMatchObject(invalid);
    expect(await invitations.inspect(token)).toBeUndefined();
    expect((await world.roles(owner.orgId)).has(guest.userId)).toBe(false);
  });
});

async function after(token: string, statement: string): Promise<string> {
  await world.sql(statement, [owner.orgId]);
  return token;
}
