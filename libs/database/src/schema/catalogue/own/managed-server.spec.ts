import pg from 'pg';
import { bootstrapRoles } from '../../../roles/bootstrap-roles.js';
import { startBareCluster, type BareCluster } from '../../../roles/testing/bare-cluster.js';
import { databaseGrant } from './database-grant.js';
import { membership } from './membership.js';
import { openedFunction } from './opened-function.js';
import { parameterGrant } from './parameter-grant.js';
import { role } from './role.js';
import { schemaGrant } from './schema-grant.js';
import { setting } from './setting.js';
import { driftOf, type Actors } from './testing/lifecycle.js';

describe('a server on which nobody of ours is a superuser', () => {
  let cluster: BareCluster;
  let actors: Actors;

  beforeAll(async () => {
    cluster = await startBareCluster();
    const administrator = await cluster.connect('postgres');
    await administrator.query(`create role manager login createrole createdb password 'pw'`);
    await cluster.createDatabase('managed', 'manager');
    const manager = await cluster.connect('managed', 'manager', 'pw');
    await bootstrapRoles(manager, { database: 'managed', passwords: { app_owner: 'pw' } });
    const { rows } = await administrator.query<{ major: number }>(`select current_setting('server_version_num')::int / 10000 as major`);
    const inside = await cluster.connect('managed');
    actors = { owner: await cluster.connect('managed', 'app_owner', 'pw'), administrator: inside, major: rows[0]?.major ?? 0 };
  });
  afterAll(() => cluster.drop());

  test.each([role, membership, setting, parameterGrant, databaseGrant, schemaGrant, openedFunction])(
    'has no drift of $name as the bootstrap leaves it',
    async (kind) => {
      expect(await driftOf(kind, actors)).toEqual([]);
    },
  );

  test('has drift once somebody has written the grants of set_config and left it open', async () => {
    await actors.administrator.query('grant execute on function pg_catalog.set_config to app_owner');
    expect(await driftOf(openedFunction, actors)).toEqual(['opened-function.extra opened-function:"pg_catalog.set_config(text, text, boolean)".PUBLIC']);
  });

  test('could not be repaired by the owner, which is why the repairs say who may run them', async () => {
    await actors.administrator.query('alter role app_queue bypassrls');
    await expect(actors.owner.query('alter role app_queue nobypassrls')).rejects.toBeInstanceOf(pg.DatabaseError);
    expect(await driftOf(role, actors)).toEqual(['role.bypassRls role:app_queue']);
  });
});
