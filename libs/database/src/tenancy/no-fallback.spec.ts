import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DatabaseConfig } from '../config/areas/database.config.js';
import { Agent } from '../entities/index.js';
import { newId } from '../ids.js';
import { createOrganization, createTestDatabase, type TestDatabase, type TestOrganization } from '../testing/test-database.js';
import { checkAtBoot } from './boot-check.js';
import { SharedLoginError } from './boot/errors.js';
import { openDatabase, type Database } from './database.js';
import { CommitRolledBackError, TransactionEndedError } from './errors.js';
import type { RoundTripForm } from './stand-alone.js';
import type { Tx } from './tx.js';
import type { UnrestrictedConnection, UnrestrictedUse } from './unrestricted-connection.js';

/* What must never run unscoped, or as somebody else, because something else went wrong before. */
let test: TestDatabase;
let ours: TestOrganization;
let theirs: TestOrganization;

beforeAll(async () => {
  test = await createTestDatabase();
  ours = await createOrganization(test);
  theirs = await createOrganization(test);
});
afterAll(() => test.drop());

describe.each<RoundTripForm>(['one-sync', 'transaction'])('on the only connection, in the form %s', (roundTripForm) => {
  let database: Database;

  beforeAll(async () => {
    database = await openDatabase({ urls: test.urls, settings: { roundTripForm, poolSize: 1, acquireTimeoutMs: 2_000 } });
  });
  afterEach(() => {
    expect(database.pools[0]?.usage).toMatchObject({ taken: 0, waiting: 0 });
  });
  afterAll(() => database.close());

  it("a statement that outlived its transaction does not run in the next one, which is another organization's", async () => {
    let kept: Tx | undefined;
    await database.tenant(ours.orgId).transaction(async (tx) => {
      kept = tx;
      await tx.query('select 1');
    });
    await database.tenant(theirs.orgId).transaction(async (tx) => {
      await tx.query('select 1');
      await expect(kept?.query('select app.current_org_id()')).rejects.toThrow(TransactionEndedError);
      await expect(kept?.repository(Agent).insert({ name: 'late' })).rejects.toThrow(TransactionEndedError);
    });
    expect(await database.tenant(theirs.orgId).repository(Agent).count()).toBe(0);
  });

  /** How as many transactions after each other end. */
  async function outcomes(count: number): Promise<string[]> {
    const ended: string[] = [];
    for (let index = 0; index < count; index += 1) {
      ended.push(
        await database
          .tenant(ours.orgId)
          .transaction((tx) => tx.query('select 1'))
          .then(
            () => 'committed',
            () => 'failed',
          ),
      );
    }
    return ended;
  }

  /** Makes the server forget what it prepared, as a pooler or DISCARD does: BEGIN itself then fails, and nothing has begun. */
  async function loseBegin(): Promise<void> {
    await outcomes(3);
    await database.pools[0]?.withClient((client) => client.query('deallocate all'));
  }

  it('a transaction that never began runs nothing afterwards', async () => {
    await loseBegin();
    const work = database.tenant(ours.orgId).transaction(async (tx) => {
      await expect(tx.query('select 1')).rejects.toMatchObject({ code: '26000' });
      await expect(tx.query('select 1 as ran')).rejects.toThrow(TransactionEndedError);
    });
    await expect(work).rejects.toThrow(CommitRolledBackError);
  });

  it('a transaction that never began is not called committed', async () => {
    await loseBegin();
    const work = database.tenant(ours.orgId).transaction(async (tx) => {
      await tx.execute('insert into app.agent (org_id, id, name) values (:orgId, :id, :name)', { id: newId(), name: 'lost' }).catch(() => undefined);
    });
    await expect(work).rejects.toThrow(CommitRolledBackError);
    expect(await database.tenant(ours.orgId).repository(Agent).exists({ name: 'lost' })).toBe(false);
  });

  it('what the server forgot is prepared anew: a transaction may fail, the connection does not stay broken', async () => {
    await loseBegin();
    expect(await outcomes(3)).toEqual(['failed', 'committed', 'committed']);
    await loseBegin();
    expect(await database.tenant(ours.orgId).query('select 1 as one')).toEqual([{ one: 1 }]);
    await outcomes(2);
  });

  it('a connection that somebody left dirty is refused, not taken over, and the next caller gets a clean one', async () => {
    await database.pools[0]?.withClient((client) => client.query(`set app.current_org_id = '${theirs.orgId}'`));
    await expect(database.tenant(ours.orgId).query('select 1')).rejects.toMatchObject({ code: 'PL002' });
    await expect(database.tenant(ours.orgId).transaction((tx) => tx.query('select 1'))).rejects.toMatchObject({ code: 'PL002' });
    await database.pools[0]?.withClient((client) => client.query('reset app.current_org_id'));
    expect(await database.tenant(ours.orgId).query('select app.current_org_id() as org')).toEqual([{ org: ours.orgId }]);
  });

  it('a prepared plan never answers for the organization it was first made for', async () => {
    const count = async ({ orgId }: TestOrganization): Promise<unknown> => (await database.tenant(orgId).query('select count(*)::int as n from app.agent'))[0];
    await database.tenant(ours.orgId).repository(Agent).insert({ name: 'planned' });
    for (let round = 0; round < 8; round += 1) expect([await count(ours), await count(theirs)]).toEqual([{ n: 1 }, { n: 0 }]);
    await database.tenant(ours.orgId).repository(Agent).delete({ name: 'planned' });
  });
});

it('two pools that log in as the same role stop the boot, since there is no boundary between them', async () => {
  const database = await openDatabase({ urls: { login: test.urls.login, privileged: test.urls.login } });
  const error: unknown = await checkAtBoot(database, new DatabaseConfig(), ['tenant', 'privileged']).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(SharedLoginError);
  await database.close();
});

it('pg-native stops the boot where it is installed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plinth-native-'));
  try {
    mkdirSync(join(folder, 'pg-native'));
    writeFileSync(join(folder, 'pg-native', 'index.js'), 'module.exports = {};');
    const pool = pathToFileURL(join(process.cwd(), 'dist/libs/database/src/tenancy/driver/pool.js')).href;
    const program = `const { refuseNativeDriver } = await import(${JSON.stringify(pool)}); try { refuseNativeDriver(); console.log('starts'); } catch (error) { console.log(error.code); }`;
    const run = (NODE_PATH: string): string =>
      execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8', env: { PATH: process.env['PATH'], NODE_PATH } }).trim();
    expect([run(''), run(folder)]).toEqual(['starts', 'NATIVE_DRIVER']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it('unrestricted work without a reason, or without who does it, does not compile', () => {
  const refused = [
    // @ts-expect-error a reason is missing
    (connection: UnrestrictedConnection) => connection.run({ actor: 'me' }, async () => undefined),
    // @ts-expect-error an actor is missing
    (connection: UnrestrictedConnection) => connection.run({ reason: 'why' }, async () => undefined),
  ];
  const whole: UnrestrictedUse = { reason: 'why', actor: 'me' };
  expect([refused.length, Object.keys(whole)]).toEqual([2, ['reason', 'actor']]);
});
