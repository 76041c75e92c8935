import { createTestDatabase, type TestDatabase } from '#database/testing';
import { asSuperuser } from './support/as-superuser.js';
import type { Answer } from './support/http-client.js';
import { register, startApi, type RegisteredPerson, type RunningApi } from './support/running-api.js';

const LIMITS = {
  RATE_LIMIT_PER_ADDRESS: '200',
  RATE_LIMIT_PER_CREDENTIAL: '20',
  RATE_LIMIT_PER_ORGANIZATION: '30',
  RATE_LIMIT_ATTEMPTS_PER_ADDRESS: '12',
  TRUSTED_PROXIES: 'loopback',
};

let database: TestDatabase;
let one: RunningApi;
let other: RunningApi;

beforeAll(async () => {
  database = await createTestDatabase();
  one = await startApi(database, LIMITS);
  other = await startApi(database, LIMITS);
});

afterAll(async () => {
  for (const name of Object.keys(LIMITS)) delete process.env[name];
  await one?.close();
  await other?.close();
  await database?.drop();
});

beforeEach(() => windowWithTime());

/** Waits for the next minute where this one is about to end: the counters begin anew with it. */
async function windowWithTime(): Promise<void> {
  const left = 60_000 - (Date.now() % 60_000);
  if (left < 10_000) await new Promise((resolve) => setTimeout(resolve, left + 10));
}

const from = (address: string): Record<string, string> => ({ 'x-forwarded-for': address });
const read = (api: RunningApi, { token }: RegisteredPerson, address: string): Promise<Answer> =>
  api.call('GET', '/v1/agent-repositories', { token, headers: from(address) });

/** What the shared counter of a subject holds. */
async function shared(subject: string): Promise<number> {
  const [row] = await asSuperuser<{ points: number }>(database, 'select coalesce(sum(points), 0)::int as points from app.rate_limit where key like $1', [
    `${subject} %`,
  ]);
  return row?.points ?? 0;
}

describe('rate limits of two processes over one database', () => {
  it('one credential: no process admits more than the limit, and the other learns of it', async () => {
    const ada = await register(one, 'Ada');
    const answers = [];
    for (let index = 0; index < 25; index += 1) answers.push(await read(one, ada, '192.0.2.1'));
    expect(answers.map(({ status }) => status)).toEqual([...Array<number>(20).fill(200), ...Array<number>(5).fill(429)]);
    while ((await shared(`credential USER ${ada.userId}`)) < 20);

    let admittedByOther = 0;
    let answer = await read(other, ada, '192.0.2.1');
    for (; answer.status === 200; answer = await read(other, ada, '192.0.2.1')) admittedByOther += 1;
    expect(admittedByOther).toBeLessThanOrEqual(20);
    expect(answer).toMatchObject({
      status: 429,
      body: { code: 'RATE_LIMITED' },
      headers: { 'content-type': expect.stringContaining('application/problem+json') },
    });
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(answer.headers['ratelimit-policy']).toBe('"address";q=200;w=60, "credential";q=20;w=60');
    expect(answer.headers['ratelimit']).toMatch(/^"address";r=\d+;t=\d+, "credential";r=0;t=\d+$/);
    while ((await shared(`credential USER ${ada.userId}`)) < 20 + admittedByOther);
    expect(await read(one, ada, '192.0.2.1')).toMatchObject({ status: 429 });
    expect(await shared(`credential USER ${ada.userId}`)).toBe(20 + admittedByOther);
  });

  it('an address: beyond its limit nobody is asked who they are; others are not touched, health never', async () => {
    for (let index = 0; index < 200; index += 1) await one.call('GET', '/v1/nothing', { headers: from(`2001:db8:1:2::${index.toString(16)}`) });
    expect(await one.call('GET', '/v1/me', { headers: from('2001:db8:1:2:ffff::1') })).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } });
    expect(await one.call('GET', '/v1/me', { headers: from('2001:db8:1:3::1') })).toMatchObject({ status: 401 });
    expect(await one.call('GET', '/health/live', { headers: from('2001:db8:1:2::1') })).toMatchObject({ status: 200 });
  });

  it('attempts to sign in are counted exactly, together', async () => {
    const attempt = (api: RunningApi): Promise<Answer> =>
      api.call('POST', '/v1/auth/login', { json: { email: 'nobody@example.test', password: 'wrong' }, headers: from('192.0.2.9') });
    const answers = await Promise.all(Array.from({ length: 30 }, (_, index) => attempt(index % 2 === 0 ? one : other)));
    expect(answers.filter(({ status }) => status !== 429)).toHaveLength(12);
    expect(answers.find(({ status }) => status === 429)?.headers['ratelimit-policy']).toContain('"attempts";q=12;w=60');
  });

  it('every request of an address and an organization reaches the shared counters', async () => {
    const eve = await register(one, 'Eve');
    for (let index = 0; index < 15; index += 1) await read(one, eve, '192.0.2.20');
    while ((await shared(`organization ${eve.orgId}`)) < 15);
    expect(await shared('address 192.0.2.20')).toBe(15);
  });
});
