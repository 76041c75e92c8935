import { createTestDatabase, withAdmin, type TestDatabase } from '#database/testing';
import { rateLimitStore } from './rate-limit-store.js';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test?.drop());

it('forgetting counters that are over waits for nobody who counts in one of them', async () => {
  const { auth } = await test.open();
  const store = rateLimitStore(auth);
  await store.add(['a', 'b', 'c'].map((key, index) => ({ key, points: 1, expire: index })));
  await store.add([{ key: 'd', points: 1, expire: 9_000 }]);
  const left = await withAdmin(test.urls.admin, async (admin) => {
    await admin.query('begin');
    await admin.query(`update app.rate_limit set points = points + 1 where key = 'b'`);
    await store.forgetExpired(8_000);
    await admin.query('commit');
    return (await admin.query<{ key: string }>('select key from app.rate_limit order by key')).rows.map(({ key }) => key);
  });
  expect(left).toEqual(['b', 'd']);
  await store.forgetExpired(8_000);
  expect(await auth.query('select key from app.rate_limit order by key', {})).toEqual([{ key: 'd' }]);
}, 30_000);
