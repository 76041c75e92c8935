import pg from 'pg';
import { FixtureServer } from '../../config/fixtures/server.js';
import { runMigrations } from '../../migrations/run.js';
import { bootstrapRoles } from '../../roles/index.js';
import { MIGRATION_NAMES } from '../migration-state.js';
import { COMMITTED } from './committed.generated.js';
import { checksumOf, expectedOn } from './committed-file.js';
import { driftOf, inWords } from './drift.js';
import { isSecurity, partOf, PARTS } from './parts.js';
import { fingerprintsOf, readFingerprint, type Fingerprint } from './read-fingerprint.js';
import { OTHER_KINDS, SECURITY_KINDS, type Kind } from './testing/kinds.js';
import { NON_DIFFERENCES } from './testing/non-differences.js';

/** A server of its own: roles are the whole server's, and other tests change theirs. */
describe('the fingerprint of the catalogue', () => {
  let server: FixtureServer;
  let root: pg.Client;
  let before: Fingerprint;
  let expected: ReadonlyMap<string, string>;
  let passwords: Readonly<Record<string, string | undefined>>;
  const clients: pg.Client[] = [];

  const urlOf = (login: string, database = 'postgres'): string =>
    `postgres://${login}:${encodeURIComponent(passwords[login] ?? '')}@127.0.0.1:${server.port}/${database}`;

  async function connect(url: string): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    clients.push(client);
    return client;
  }

  async function read(client = root): Promise<Fingerprint> {
    return readFingerprint(async <R extends object>(text: string) => [await client.query<R>(text)].flat().at(-1)?.rows ?? []);
  }

  /** What the superuser sees after a change that is then rolled back. */
  async function after(sql: string): Promise<Fingerprint> {
    await root.query('begin');
    try {
      await root.query('set local search_path = app, pg_catalog');
      await root.query('set local check_function_bodies = off');
      await root.query(sql);
      return await read();
    } finally {
      await root.query('rollback');
    }
  }

  beforeAll(async () => {
    server = await FixtureServer.create();
    await server.start(null);
    root = await connect(server.adminUrl);
    ({ passwords } = await bootstrapRoles(root, { database: 'postgres' }));
    await runMigrations(urlOf('app_owner'));
    before = await read();
    expected = expectedOn(before.major, COMMITTED) ?? new Map<string, string>();
  }, 60_000);

  afterAll(async () => {
    for (const client of clients) await client.end();
    await server.remove();
  });

  it('is committed for this version of PostgreSQL and the newest migration', () => {
    expect(COMMITTED.majors).toContain(before.major);
    expect(COMMITTED.head).toBe(MIGRATION_NAMES.at(-1));
    expect(driftOf(expected, before.objects).map(inWords)).toEqual([]);
    expect(fingerprintsOf(expected)).toEqual({ security: before.security, rest: before.rest });
  });

  it('is committed for every supported version, by a file that nobody edited', () => {
    expect(COMMITTED.majors).toEqual([15, 16, 17, 18]);
    expect(COMMITTED.checksum).toBe(checksumOf(COMMITTED));
    expect(checksumOf({ ...COMMITTED, objects: { ...COMMITTED.objects, 'row-security:run': '0000000000' } })).not.toBe(COMMITTED.checksum);
  });

  it.each(['app_login', 'app_queue', 'app_owner'])('is the same for %s, who owns or sees no more than it is given', async (login) => {
    expect(await read(await connect(urlOf(login)))).toEqual(before);
  });

  describe.each([
    ['security', SECURITY_KINDS],
    ['rest', OTHER_KINDS],
  ] as const)('of which "%s" changes with', (which, kinds: readonly Kind[]) => {
    it.each(kinds)('%s', async (_name, sql, ...drift) => {
      const changed = await after(sql);
      expect(driftOf(expected, changed.objects).map(inWords)).toEqual(drift);
      expect(changed[which]).not.toBe(before[which]);
    });
  });

  it('is proven for every part', () => {
    const proven = new Set([...SECURITY_KINDS, ...OTHER_KINDS].flatMap(([, , ...drift]) => drift.map(partOf)));
    expect([...proven].sort()).toEqual([...PARTS].sort());
  });

  it('leaves the security alone where nothing of it changed', async () => {
    for (const [, sql, ...drift] of OTHER_KINDS) {
      if (drift.some((text) => isSecurity(partOf(text)) || / is (extra|missing)$/.test(text))) continue;
      expect((await after(sql)).security).toBe(before.security);
    }
  });

  it.each(NON_DIFFERENCES)('does not change with %s', async (_name, sql) => {
    const changed = await after(sql);
    expect(driftOf(expected, changed.objects).map(inWords)).toEqual([]);
    expect(changed).toEqual(before);
  });

  it('is the same in a database of another name with other oids', async () => {
    await root.query('create database "Another one" owner app_owner');
    await bootstrapRoles(await connect(server.adminUrl.replace(/postgres$/, 'Another%20one')), { database: 'Another one' });
    const url = urlOf('app_owner', 'Another%20one');
    const other = await connect(url);
    await runMigrations(url);
    expect(await read(other)).toEqual(before);
  });

  it('makes its plan once a session, and again where a pooler gives it another', async () => {
    const client = await connect(urlOf('app_login'));
    const names = async (): Promise<string[]> => (await client.query<{ name: string }>('select name from pg_prepared_statements')).rows.map(({ name }) => name);
    expect(await read(client)).toEqual(before);
    expect(await names()).toEqual([expect.stringMatching(/^plinth_fingerprint_[0-9a-f]{8}$/)]);
    await client.query('deallocate all');
    expect(await read(client)).toEqual(before);
    expect(await names()).toHaveLength(1);
  });

  it('leaves no setting behind in the session', async () => {
    const { rows } = await root.query<{ path: string; timeout: string }>(
      `select current_setting('search_path') as path, current_setting('lock_timeout') as timeout`,
    );
    expect(rows).toEqual([{ path: '"$user", public', timeout: '0' }]);
  });

  it('does not wait for somebody who changes a table', async () => {
    const locker = await connect(server.adminUrl);
    await locker.query('begin; lock table app.run in access exclusive mode');
    await expect(read()).rejects.toMatchObject({ code: '55P03' });
    await locker.query('rollback');
    expect(await read()).toEqual(before);
  });
});

describe('the fingerprint where no superuser made the roles', () => {
  let server: FixtureServer;

  beforeAll(async () => {
    server = await FixtureServer.create();
    await server.start(null);
  }, 60_000);
  afterAll(() => server.remove());

  it('is the committed one', async () => {
    const root = new pg.Client({ connectionString: server.adminUrl });
    await root.connect();
    await root.query("create role manager login createrole createdb password 'pw'");
    await root.query('create database shop owner manager');
    const url = (login: string, password: string): string => `postgres://${login}:${encodeURIComponent(password)}@127.0.0.1:${server.port}/shop`;
    const manager = new pg.Client({ connectionString: url('manager', 'pw') });
    await manager.connect();
    const { passwords, leftOpen } = await bootstrapRoles(manager, { database: 'shop' });
    expect(leftOpen).toContain('set_config');
    await runMigrations(url('app_owner', passwords.app_owner ?? ''));
    const actual = await readFingerprint(async <R extends object>(text: string) => [await manager.query<R>(text)].flat().at(-1)?.rows ?? []);
    await manager.end();
    await root.end();
    expect(driftOf(expectedOn(actual.major, COMMITTED) ?? new Map<string, string>(), actual.objects).map(inWords)).toEqual([]);
  });
});
