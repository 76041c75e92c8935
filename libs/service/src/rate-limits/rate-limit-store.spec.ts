import { createTestDatabase, withAdmin, type TestDatabase } from '#database/testing';
import { purgeRateLimits } from './purge-rate-limits.js';
import { rateLimitStore } from './rate-limit-store.js';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test?.drop());

it.each(['the limiter', 'the purge'])(
  '%s forgets counters that are over, and waits for nobody who counts in one of them',
  async (who) => {
    const { auth } = await test.open();
    const store = rateLimitStore(auth);
    const forget = (): Promise<unknown> => (who === 'the purge' ? purgeRateLimits(auth, { now: 8_000 }) : store.forgetExpired(8_000));
    await store.add(['a', 'b', 'c'].map((key, index) => ({ key, points: 1, expire: index })));
    await store.add([{ key: 'd', points: 1, expire: 9_000 }]);
    const left = await withAdmin(test.urls.admin, async (admin) => {
      await admin.query('begin');
      await admin.query(`update app.rate_limit set points = points + 1 where key = 'b'`);
      await forget();
      await admin.query('commit');
      return (await admin.query<{ key: string }>('select key from app.rate_limit order by key')).rows.map(({ key }) => key);
    });
    expect(left).toEqual(['b', 'd']);
    await forget();
    expect(await auth.query('select key from app.rate_limit order by key', {})).toEqual([{ key: 'd' }]);
    await auth.execute('delete from app.rate_limit');
  },
  30_000,
);
