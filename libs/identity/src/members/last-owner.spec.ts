import { updateMember, deleteMember } from '../persistence/members.js';
import { OrganizationWorld, type Person } from '../../test/support/organization-world.js';

const ROUNDS = 50;
const FEWER_ROUNDS = 15;
const lastOwner = { code: 'LAST_OWNER', httpStatus: 409 };

let world: OrganizationWorld;
let owner: Person;

beforeAll(async () => {
  world = await OrganizationWorld.open();
});
afterAll(() => world.close());
beforeEach(async () => {
  owner = await world.owner();
});

const owners = async (orgId: string): Promise<number> => [...(await world.roles(orgId)).values()].filter((role) => role === 'OWNER').length;

describe('the last OWNER', () => {
  it('cannot leave, be demoted or be removed', async () => {
    await world.person(owner.orgId, 'ADMIN');
    await expect(world.as(owner, () => world.members.leave())).rejects.toMatchObject(lastOwner);
    await expect(world.as(owner, () => world.members.remove(owner.userId))).rejects.toMatchObject(lastOwner);
    await expect(world.as(owner, () => world.members.change(owner.userId, { role: 'ADMIN' }))).rejects.toMatchObject(lastOwner);
    expect(await owners(owner.orgId)).toBe(1);
    expect(await world.audit(owner.orgId)).toEqual([]);
  });

  it('is the last also beside an OWNER who cannot sign in', async () => {
    const second = await world.person(owner.orgId, 'OWNER');
    await world.sql('update app."user" set is_active = false where id = $1', [second.userId]);
    await expect(world.as(owner, () => world.members.leave())).rejects.toMatchObject(lastOwner);
    await world.sql('update app."user" set is_active = true where id = $1', [second.userId]);
    await world.as(owner, () => world.members.leave());
    expect(await owners(owner.orgId)).toBe(1);
  });

  it('is kept by the statements themselves, whatever a service has looked at', async () => {
    const db = world.database.tenant(owner.orgId);
    expect(await db.transaction((tx) => updateMember(tx, owner.userId, 'ADMIN', []))).toBe(false);
    expect(await db.transaction((tx) => deleteMember(tx, owner.userId))).toBe(false);
    expect(await owners(owner.orgId)).toBe(1);
  });
});

describe('of two OWNERs who act at the same moment, many times over', () => {
  /** Lets both act at once and says how each ended: 'done' or the code of the refusal. */
  async function race(acts: readonly (() => Promise<unknown>)[]): Promise<string[]> {
    const ends = await Promise.allSettled(acts.map((act) => act()));
    return ends.map((end) => (end.status === 'fulfilled' ? 'done' : String((end.reason as { code?: unknown }).code))).sort();
  }

  it('one stays OWNER when each demotes the other (50 rounds)', async () => {
    const second = await world.person(owner.orgId, 'OWNER');
    for (let round = 0; round < ROUNDS; round += 1) {
      const demote = (by: Person, whom: Person) => () => world.as(by, () => world.members.change(whom.userId, { role: 'ADMIN' }));
      const ends = await race([demote(owner, second), demote(second, owner)]);
      expect(ends).toEqual(['ROLE_NOT_GRANTABLE', 'done']);
      expect(await owners(owner.orgId)).toBe(1);
      await world.sql(`update app.organization_user set role = 'OWNER' where org_id = $1`, [owner.orgId]);
    }
  });

  it('one stays when both leave', async () => {
    for (let round = 0; round < FEWER_ROUNDS; round += 1) {
      const { orgId } = owner;
      const pair = [await world.person(orgId, 'OWNER'), await world.person(orgId, 'OWNER')];
      await world.sql('delete from app.organization_user where org_id = $1 and not (user_id = any($2))', [orgId, pair.map(({ userId }) => userId)]);
      const ends = await race(pair.map((person) => () => world.as(person, () => world.members.leave())));
      expect(ends).toEqual(['LAST_OWNER', 'done']);
      expect(await owners(orgId)).toBe(1);
    }
  });

  it('one stays when each demotes themselves', async () => {
    const second = await world.person(owner.orgId, 'OWNER');
    for (let round = 0; round < FEWER_ROUNDS; round += 1) {
      const ends = await race([owner, second].map((person) => () => world.as(person, () => world.members.change(person.userId, { role: 'VIEWER' }))));
      expect(ends).toEqual(['LAST_OWNER', 'done']);
      expect(await owners(owner.orgId)).toBe(1);
      await world.sql(`update app.organization_user set role = 'OWNER' where org_id = $1`, [owner.orgId]);
    }
  });
});
