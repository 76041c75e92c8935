import type { Database } from '#database';
import { createOrganization, createTestDatabase, withAdmin, type TestDatabase } from '#database/testing';
import { attemptKeys } from '../sign-in/attempt-keys.js';
import { countAttempt, recordSignIn } from './sign-in-attempts.js';

let test: TestDatabase;
let database: Database;
let networks = 0;

beforeAll(async () => {
  test = await createTestDatabase();
  database = await test.open();
});
afterAll(() => test?.drop());

/** Lets time pass for all counters. */
const pass = (seconds: number) =>
  withAdmin(test.urls.admin, (admin) => admin.query('update app.rate_limit set expire = expire - $1::bigint', [seconds * 1_000]));
/** An IPv4 network that no test used before. */
const elsewhere = () => `10.0.${Math.trunc(++networks / 250)}.${networks % 250}`;

async function person() {
  const { userId } = await createOrganization(test);
  const email = `${userId}@example.test`;
  await withAdmin(test.urls.admin, (admin) => admin.query('insert into app.user_credential (user_id, password_hash) values ($1, $2)', [userId, 'a hash']));
  return {
    email,
    userId,
    /** Whether an attempt from `ip` is taken. */
    attempt: async (ip: string) => (await countAttempt(database.auth, email, attemptKeys(email, ip))) !== undefined,
    succeed: (ip: string) => recordSignIn(database.auth, userId, attemptKeys(email, ip)),
  };
}

async function times(count: number, work: () => Promise<boolean>): Promise<boolean[]> {
  const taken: boolean[] = [];
  for (let index = 0; index < count; index += 1) taken.push(await work());
  return taken;
}

it('six attempts from one network are taken, however many come at once; then it pauses, and nobody else does', async () => {
  const ada = await person();
  const [here, there] = [elsewhere(), elsewhere()];
  const taken = await Promise.all(Array.from({ length: 12 }, () => ada.attempt(here)));
  expect(taken.filter(Boolean)).toHaveLength(6);
  expect(await ada.attempt(there)).toBe(true);
  expect(await (await person()).attempt(here)).toBe(true);
});

it('the pause doubles from a second to a minute, and an attempt within it changes nothing', async () => {
  const ada = await person();
  const here = elsewhere();
  await times(6, () => ada.attempt(here));
  for (const pause of [1, 2, 4, 8, 16, 32, 60, 60]) {
    await pass(pause / 2);
    // Of a shorter one the other half may be over before the attempt arrives.
    if (pause >= 8) expect(await ada.attempt(here)).toBe(false);
    await pass(pause / 2);
    expect(await ada.attempt(here)).toBe(true);
  }
});

it('a success forgets the failures; so does an hour without an attempt', async () => {
  const ada = await person();
  const here = elsewhere();
  await times(5, () => ada.attempt(here));
  await ada.succeed(here);
  expect(await times(7, () => ada.attempt(here))).toEqual([true, true, true, true, true, true, false]);
  await pass(3_601);
  expect(await times(7, () => ada.attempt(here))).toEqual([true, true, true, true, true, true, false]);
});

it('many networks together are slowed above a hundred failures, and are never stopped', async () => {
  const ada = await person();
  const home = elsewhere();
  await ada.attempt(home);
  await ada.succeed(home);
  expect(await times(101, () => ada.attempt(elsewhere()))).not.toContain(false);
  expect(await ada.attempt(elsewhere())).toBe(false);
  // Where the person has signed in before, nothing of this is felt.
  expect(await times(6, () => ada.attempt(home))).not.toContain(false);
  for (const pause of [1, 2, 4, 8, 10, 10]) {
    await pass(pause);
    expect(await ada.attempt(elsewhere())).toBe(true);
    expect(await ada.attempt(elsewhere())).toBe(false);
  }
});

it('a success from a new network takes back its own count only', async () => {
  const ada = await person();
  await times(101, () => ada.attempt(elsewhere()));
  await pass(1);
  const train = elsewhere();
  expect(await ada.attempt(train)).toBe(true);
  await ada.succeed(train);
  expect(await ada.attempt(elsewhere())).toBe(false);
  expect(await ada.attempt(train)).toBe(true);
});

it('an unknown and a deactivated address are counted like any other', async () => {
  const before = await database.auth.query<{ n: number }>('select count(*)::int as n from app.rate_limit');
  const here = elsewhere();
  await countAttempt(database.auth, 'nobody@example.test', attemptKeys('nobody@example.test', here));
  const gone = await person();
  await withAdmin(test.urls.admin, (admin) => admin.query('update app."user" set is_active = false where id = $1', [gone.userId]));
  expect(await gone.attempt(here)).toBe(false);
  const after = await database.auth.query<{ n: number }>('select count(*)::int as n from app.rate_limit');
  expect((after[0]?.n ?? 0) - (before[0]?.n ?? 0)).toBe(4);
});

it('attempts and successes at once end without a deadlock', async () => {
  const ada = await person();
  const ips = [elsewhere(), elsewhere(), elsewhere()];
  const work = Array.from({ length: 30 }, (_, index) => {
    const ip = ips[index % 3] ?? '';
    return index % 2 === 0 ? ada.attempt(ip) : database.auth.run((sql) => recordSignIn(sql, ada.userId, attemptKeys(ada.email, ip)), ada.userId);
  });
  expect((await Promise.allSettled(work)).filter(({ status }) => status === 'rejected')).toEqual([]);
});
