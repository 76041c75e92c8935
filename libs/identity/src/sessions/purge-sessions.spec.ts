import { newId } from '#database';
import { withAdmin } from '#database/testing';
import { DEVICE, openSessionsWorld, refusalOf, type SessionsWorld } from '../../test/support/sessions-world.js';
import { purgeOneTimeTokens } from '../persistence/one-time-tokens.js';
import { smallestIdAt, timeOfId } from './id-time.js';
import { purgeSessions } from './purge-sessions.js';

const DAY_MS = 86_400_000;

let world: SessionsWorld;
beforeAll(async () => {
  world = await openSessionsWorld();
});
afterAll(() => world?.test.drop());

it('an id tells when it was made, and ids made before a time sort before it', () => {
  const before = Date.now();
  const id = newId();
  expect(timeOfId(id).getTime()).toBeGreaterThanOrEqual(before);
  expect(timeOfId(id).getTime()).toBeLessThanOrEqual(Date.now());
  expect(smallestIdAt(timeOfId(id)) <= id).toBe(true);
  expect(smallestIdAt(new Date(timeOfId(id).getTime() + 1)) > id).toBe(true);
});

it('tokens go once they have expired, and not before: also those that were exchanged or revoked', async () => {
  const session = await world.signIn();
  const { refreshToken } = await world.renewal.refresh(session.refreshToken, DEVICE);
  await world.sessions.end(session.userId, session.sessionId);
  expect(await purgeSessions(world.database.auth, world.config, new Date(Date.now() + 60 * DAY_MS))).toBe(0);
  await world.pass(session.sessionId, world.config.refreshTokenTtlSeconds + 1);
  // Their ids say that they are young, so that the purge of today does not look at them.
  expect(await purgeSessions(world.database.auth, world.config)).toBe(0);
  expect(await purgeSessions(world.database.auth, world.config, new Date(Date.now() + 31 * DAY_MS))).toBe(2);
  expect(await refusalOf(world.renewal.refresh(refreshToken, DEVICE))).toBe('REFRESH_TOKEN_INVALID');
});

it('many more than one batch go in one call, while their replacements go too', async () => {
  const { userId, orgId, sessionId } = await world.signIn();
  await world.admin(
    `insert into app.refresh_token (id, user_id, org_id, token_hash, family_id, expires_at, replaced_by)
     select gen_random_uuid(), $1, $2, 'hash ' || n, $3, now() - interval '1 hour', (select id from app.refresh_token where family_id = $3 limit 1)
       from generate_series(1, 2500) n`,
    [userId, orgId, sessionId],
  );
  // Random ids may say any time: here all of them are to be old enough.
  expect(await purgeSessions(world.database.auth, world.config, new Date(2 ** 48 - 1 + world.config.refreshTokenTtlSeconds * 1_000))).toBe(2_500);
  expect(await world.live(sessionId)).toBe(1);
});

it('a token that somebody is changing is left to the next time, and nobody waits', async () => {
  const { auth } = world.database;
  const { userId, sessionId } = await world.signIn();
  await world.pass(sessionId, world.config.refreshTokenTtlSeconds + 1);
  await world.admin(
    `insert into app.one_time_token (id, user_id, purpose, email, token_hash, expires_at)
     values ($1, $2, 'RESET', 'a@example.test', repeat('0', 64), now() - interval '1 hour')`,
    [newId(), userId],
  );
  const purge = async () => [await purgeSessions(auth, world.config, new Date(Date.now() + 31 * DAY_MS)), await purgeOneTimeTokens(auth)];
  await withAdmin(world.test.urls.admin, async (admin) => {
    await admin.query('begin');
    await admin.query('select id from app.refresh_token where family_id = $1 for update', [sessionId]);
    await admin.query('select id from app.one_time_token where user_id = $1 for update', [userId]);
    expect(await purge()).toEqual([0, 0]);
    await admin.query('commit');
  });
  expect(await purge()).toEqual([1, 1]);
});
