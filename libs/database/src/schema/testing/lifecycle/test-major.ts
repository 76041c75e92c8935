import { testAdminUrl, withAdmin } from '../../../testing/index.js';

/** The major version of the tests' server: some ways of breaking a schema are newer than others. */
export async function testMajor(): Promise<number> {
  return withAdmin(testAdminUrl(), async (client) => {
    const { rows } = await client.query<{ version: number }>(`select current_setting('server_version_num')::int / 10000 as version`);
    return rows[0]?.version ?? 0;
  });
}
