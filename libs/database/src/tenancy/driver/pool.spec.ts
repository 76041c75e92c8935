import { NativeDriverError } from '../errors.js';
import { openDatabase } from '../database.js';
import { BEGIN } from '../transaction-statements.js';
import { createTestDatabase } from '../../testing/test-database.js';
import { refuseNativeDriver } from './pool.js';

it('refuses to start with the native driver, which TypeORM would take without a word', async () => {
  expect(() => refuseNativeDriver()).not.toThrow();
  process.env['NODE_PG_FORCE_NATIVE'] = '1';
  try {
    await expect(openDatabase({ urls: { login: 'postgres://app_login:x@127.0.0.1/none' } })).rejects.toThrow(NativeDriverError);
  } finally {
    delete process.env['NODE_PG_FORCE_NATIVE'];
  }
});

it('closes a connection that is given back in a transaction', async () => {
  const test = await createTestDatabase();
  const [pool] = (await test.open()).pools;
  const lease = await pool?.acquire();
  await lease?.wire.send([BEGIN]);
  lease?.release();
  lease?.release();
  expect(pool?.usage).toMatchObject({ taken: 0, open: 0 });
  await test.drop();
});
