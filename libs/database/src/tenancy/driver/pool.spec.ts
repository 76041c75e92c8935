import { NativeDriverError } from '../errors.js';
import { openDatabase } from '../database.js';
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
