import { newId } from '#database';
import { createOrganization } from '#database/testing';
import { DEVICE, openSessionsWorld, refusalOf, type SessionsWorld } from '../../test/support/sessions-world.js';
import { makeRefreshToken } from '../tokens/refresh-tokens.js';

let world: SessionsWorld;
const refresh = (token: string, device = DEVICE) => world.renewal.refresh(token, device);

beforeAll(async () => {
  world = await openSessionsWorld();
});
afterAll(() => world?.test.drop());

describe('a refresh', () => {
  it('gives a new pair of the same session, and stores only the hash of it', async () => {
    const first = await world.signIn();
    const second = await refresh(first.refreshToken);
    expect(second).toMatchObject({
      userId: first.userId,
      orgId: first.orgId,
      role: 'OWNER',
      sessionId: first.sessionId,
      expiresIn: 900,
      refreshExpiresIn: 2_592_000,
    });
    expect(second.refreshToken).toMatch(/^plr_[0-9a-f-]{36}\.[\w-]{43}$/);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    await expect(world.access.verify(second.token)).resolves.toMatchObject({ sessionId: first.sessionId });
    const rows = await world.admin<{ row: string; token_hash: string; ip: string }>(
      'select t::text as row, token_hash, host(ip) as ip from app.refresh_token t where family_id = $1',
      [first.sessionId],
    );
    expect(rows.map(({ ip, token_hash }) => [ip, token_hash.length])).toEqual([
      [DEVICE.ip, 64],
      [DEVICE.ip, 64],
    ]);
    for (const { refreshToken } of [first, second]) expect(JSON.stringify(rows)).not.toContain(refreshToken.split('.')[1]);
  });

  it('slides: each gives the whole time anew, and after it the session is over', async () => {
    const first = await world.signIn();
    await world.pass(first.sessionId, 2_591_000);
    const second = await refresh(first.refreshToken);
    await world.pass(first.sessionId, 2_591_000);
    const third = await refresh(second.refreshToken);
    await world.pass(first.sessionId, 2_592_001);
    expect(await refusalOf(refresh(third.refreshToken))).toBe('REFRESH_TOKEN_INVALID');
  });

  it('with an exchanged token is taken within the grace, also more than once, and does not extend it', async () => {
    const first = await world.signIn();
    await refresh(first.refreshToken);
    await world.pass(first.sessionId, 6);
    const other = await refresh(first.refreshToken);
    expect(await world.live(first.sessionId)).toBe(2);
    await world.pass(first.sessionId, 6);
    expect(await refusalOf(refresh(first.refreshToken))).toBe('REFRESH_TOKEN_REUSED');
    expect(await refusalOf(refresh(other.refreshToken))).toBe('REFRESH_TOKEN_INVALID');
  });

  it('with an exchanged token after the grace ends the session for everybody, and no other', async () => {
    const stolen = await world.signIn();
    const { userId, orgId, role, sessionId } = stolen;
    const elsewhere = await world.sessions.open({ userId, orgId, role }, DEVICE);
    const thief = await refresh(stolen.refreshToken);
    await world.pass(sessionId, 11);
    expect(await refusalOf(refresh(stolen.refreshToken))).toBe('REFRESH_TOKEN_REUSED');
    expect(await refusalOf(refresh(thief.refreshToken))).toBe('REFRESH_TOKEN_INVALID');
    expect(await refusalOf(refresh(stolen.refreshToken))).toBe('REFRESH_TOKEN_INVALID');
    await expect(refresh(elsewhere.refreshToken)).resolves.toMatchObject({ userId });
  });

  it('of the same token ten times at once succeeds ten times, each with a token of its own', async () => {
    const first = await world.signIn();
    const all = await Promise.all(Array.from({ length: 10 }, () => refresh(first.refreshToken)));
    expect(new Set(all.map(({ refreshToken }) => refreshToken)).size).toBe(10);
    expect(await world.live(first.sessionId)).toBe(10);
    const [replaced] = await world.admin<{ n: string }>('select count(*) as n from app.refresh_token where family_id = $1 and replaced_by is not null', [
      first.sessionId,
    ]);
    expect(replaced?.n).toBe('1');
    await expect(Promise.all(all.map(({ refreshToken }) => refresh(refreshToken)))).resolves.toHaveLength(10);
  });

  it('of a copied token at once with the end of its session leaves nothing alive', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { userId, sessionId, refreshToken } = await world.signIn();
      await Promise.allSettled([refresh(refreshToken), world.sessions.end(userId, sessionId), refresh(refreshToken), refresh(refreshToken)]);
      expect(await world.live(sessionId)).toBe(0);
    }
  });

  it.each([
    ['nonsense', () => 'nonsense'],
    ['an unknown token', () => makeRefreshToken(newId()).token],
    ['another secret for a known id', async () => makeRefreshToken((await world.signIn()).refreshToken.slice(4, 40)).token],
    ['a longer token', async () => `${(await world.signIn()).refreshToken}A`],
    ['an access token', async () => (await world.signIn()).token],
  ])('with %s is refused in the same words', async (_name, make) => {
    await expect(refresh(await make())).rejects.toMatchObject({
      code: 'REFRESH_TOKEN_INVALID',
      httpStatus: 401,
      message: 'The refresh token is not valid. Sign in again.',
    });
  });

  it.each([
    ['the person is deactivated', 'update app."user" set is_active = false where id = $1'],
    ['the membership has ended', 'delete from app.organization_user where user_id = $1'],
    ['the organization is suspended', `update app.organization set status = 'SUSPENDED' where created_by = $1`],
  ])('is refused once %s', async (_name, change) => {
    const { userId, sessionId, refreshToken } = await world.signIn();
    await world.admin(change, [userId]);
    expect(await refusalOf(refresh(refreshToken))).toBe('REFRESH_TOKEN_INVALID');
    // Refusing consumes nothing: the session goes on when the state comes back.
    expect(await world.live(sessionId)).toBe(1);
  });

  it('reads the role anew', async () => {
    const { userId, refreshToken } = await world.signIn();
    await world.admin(`update app.organization_user set role = 'VIEWER' where user_id = $1`, [userId]);
    const next = await refresh(refreshToken);
    expect(next.role).toBe('VIEWER');
    await expect(world.access.verify(next.token)).resolves.toMatchObject({ role: 'VIEWER' });
  });
});

describe('going to another organization', () => {
  async function memberOfTwo() {
    const first = await world.signIn();
    const { orgId } = await createOrganization(world.test);
    await world.admin(`insert into app.organization_user (org_id, user_id, role) values ($1, $2, 'VIEWER')`, [orgId, first.userId]);
    return { first, orgId };
  }

  it('gives a pair of the same session for it, and is remembered', async () => {
    const { first, orgId } = await memberOfTwo();
    const there = await world.renewal.switch(first, orgId, DEVICE);
    expect(there).toMatchObject({ sessionId: first.sessionId, orgId, role: 'VIEWER' });
    expect(await world.live(first.sessionId)).toBe(1);
    await expect(refresh(there.refreshToken)).resolves.toMatchObject({ orgId, role: 'VIEWER' });
    expect(await world.admin('select current_org_id from app."user" where id = $1', [first.userId])).toEqual([{ current_org_id: orgId }]);
  });

  it('takes a tab along that refreshes with the token from before', async () => {
    const { first, orgId } = await memberOfTwo();
    await world.renewal.switch(first, orgId, DEVICE);
    await expect(refresh(first.refreshToken)).resolves.toMatchObject({ orgId });
  });

  it('is refused alike for an unknown, a foreign and a suspended organization', async () => {
    const { first, orgId } = await memberOfTwo();
    const foreign = await createOrganization(world.test);
    await world.admin(`update app.organization set status = 'SUSPENDED' where id = $1`, [orgId]);
    for (const id of [newId(), foreign.orgId, orgId]) {
      await expect(world.renewal.switch(first, id, DEVICE)).rejects.toMatchObject({ code: 'ORGANIZATION_NOT_FOUND', httpStatus: 404 });
    }
    await expect(refresh(first.refreshToken)).resolves.toMatchObject({ orgId: first.orgId });
  });

  it('is refused once the session has ended, and makes no token', async () => {
    const { first, orgId } = await memberOfTwo();
    await world.sessions.end(first.userId, first.sessionId);
    expect(await refusalOf(world.renewal.switch(first, orgId, DEVICE))).toBe('SESSION_ENDED');
    expect(await world.live(first.sessionId)).toBe(0);
  });

  it('several times at once ends in one organization with one live token', async () => {
    const { first, orgId } = await memberOfTwo();
    await Promise.all([orgId, first.orgId, orgId].map((id) => world.renewal.switch(first, id, DEVICE)));
    expect(await world.live(first.sessionId)).toBe(1);
  });
});
