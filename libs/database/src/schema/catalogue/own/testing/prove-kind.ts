import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../../testing/test-database.js';
import { bootstrapRoles } from '../../../../roles/bootstrap-roles.js';
import { startBareCluster, type BareCluster } from '../../../../roles/testing/bare-cluster.js';
import type { OwnFactKind } from '../own-fact-kind.js';
import { driftOf, runLifecycle, type Actors, type OwnCase } from './lifecycle.js';

const PASSWORD = 'owner-pw';

/** Declares the tests of one kind, each case in a migrated database that the cases share. */
export function proveKind(kind: OwnFactKind, cases: readonly OwnCase[]): void {
  describe(`the kind "${kind.name}"`, () => {
    let database: TestDatabase;
    let actors: Actors;
    beforeAll(async () => {
      database = await createTestDatabase();
      actors = await connect(database.urls.owner, database.urls.admin);
    });
    afterAll(async () => {
      await Promise.all([actors.owner.end(), actors.administrator.end()]);
      await database.drop();
    });
    declare(kind, () => actors, cases);
  });
}

/** The same on a PostgreSQL of its own, for what belongs to the server: no other test meets what is broken here. */
export function proveServerKind(kind: OwnFactKind, cases: readonly OwnCase[]): void {
  describe(`the kind "${kind.name}"`, () => {
    let cluster: BareCluster;
    let actors: Actors;
    beforeAll(async () => {
      cluster = await startBareCluster();
      await cluster.createDatabase('plinth');
      const administrator = await cluster.connect('plinth');
      await bootstrapRoles(administrator, { database: 'plinth', passwords: { app_owner: PASSWORD } });
      actors = { owner: await cluster.connect('plinth', 'app_owner', PASSWORD), administrator, major: await majorOf(administrator) };
    });
    afterAll(() => cluster.drop());

    test('finds nothing on a server as the bootstrap leaves it', async () => {
      expect(await driftOf(kind, actors)).toEqual([]);
    });
    declare(kind, () => actors, cases);
  });
}

function declare(kind: OwnFactKind, actors: () => Actors, cases: readonly OwnCase[]): void {
  test.each(cases)('$name', async (each) => {
    if ((each.since ?? 0) > actors().major) {
      // What an older server does not know cannot be broken there: the break itself has to fail.
      await expect(runLifecycle(kind, actors(), each)).rejects.toBeInstanceOf(pg.DatabaseError);
      return;
    }
    const { found, repairs, left, wordless } = await runLifecycle(kind, actors(), each);
    expect({ found: [...found].sort(), left, wordless }).toEqual({ found: [...each.finds].sort(), left: [], wordless: [] });
    expect(repairs.length > 0).toBe(each.byHand === undefined);
  });
}

async function connect(ownerUrl: string, adminUrl: string): Promise<Actors> {
  const [owner, administrator] = await Promise.all([open(ownerUrl), open(adminUrl)]);
  return { owner, administrator, major: await majorOf(administrator) };
}

async function open(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function majorOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ major: number }>(`select current_setting('server_version_num')::int / 10000 as major`);
  return rows[0]?.major ?? 0;
}
