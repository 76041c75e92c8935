import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'dotenv';
import pg from 'pg';
import { startBareCluster, type BareCluster } from '../roles/testing/bare-cluster.js';
import { COMMANDS } from './commands.js';
import { runCli } from './run-cli.js';

describe('db:roles and db:init on a server of the operator’s', () => {
  let cluster: BareCluster;
  let folder: string;
  let envFile: string;

  beforeAll(async () => {
    cluster = await startBareCluster();
  });
  afterAll(() => cluster.drop());
  beforeEach(async () => {
    await cluster.wipe();
    folder = await mkdtemp(join(tmpdir(), 'plinth-cli-'));
    envFile = join(folder, '.env');
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function plinth(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<{ code: number; out: string; err: string }> {
    const out: string[] = [];
    const err: string[] = [];
    const code = await runCli(args, COMMANDS, { out: (line) => out.push(line), err: (line) => err.push(line), env });
    return { code, out: out.join('\n'), err: err.join('\n') };
  }
  const admin = (): string[] => ['--admin-url', cluster.adminUrl('postgres'), '--database', cluster.willBeMade('shop')];

  test('db:roles makes the database and the logins, and prints lines that log in', async () => {
    const { code, out, err } = await plinth(['db:roles', ...admin()]);
    expect(code).toBe(0);
    expect(err).toContain('Made the database "shop"');
    const env = parse(out);
    for (const [variable, user] of [
      ['DATABASE_URL', 'app_login'],
      ['DATABASE_PRIVILEGED_URL', 'app_privileged'],
      ['DATABASE_QUEUE_URL', 'app_queue'],
      ['DATABASE_OWNER_URL', 'app_owner'],
    ] as const) {
      expect(await whoIs(env[variable])).toEqual({ user, database: 'shop' });
    }
  });

  test('a second db:roles changes nothing and says that passwords are kept', async () => {
    await plinth(['db:roles', ...admin()]);
    const again = await plinth(['db:roles', ...admin()]);
    expect(again.code).toBe(0);
    expect(again.err).toContain('were as they should be');
    expect(parse(again.out)).toEqual({});
  });

  test('--write-env keeps the rest of the file, closes it to others, and is idempotent', async () => {
    await writeFile(envFile, 'PORT=3000\n', { mode: 0o644 });
    const first = await plinth(['db:roles', ...admin(), '--write-env', envFile]);
    expect(first.out).toBe('');
    const text = await readFile(envFile, 'utf8');
    expect(parse(text)).toMatchObject({ PORT: '3000', DATABASE_URL: expect.stringContaining('app_login') });
    expect((await stat(envFile)).mode & 0o777).toBe(0o600);
    await plinth(['db:roles', ...admin(), '--write-env', envFile]);
    expect(await readFile(envFile, 'utf8')).toBe(text);
  });

  test('passwords in the file are those that a server made anew gets', async () => {
    await plinth(['db:roles', ...admin(), '--write-env', envFile]);
    const text = await readFile(envFile, 'utf8');
    await cluster.wipe();
    await plinth(['db:roles', ...admin(), '--write-env', envFile]);
    expect(await readFile(envFile, 'utf8')).toBe(text);
    expect(await whoIs(parse(text)['DATABASE_URL'])).toEqual({ user: 'app_login', database: 'shop' });
  });

  test('--rotate-passwords ends the old ones', async () => {
    const before = parse((await plinth(['db:roles', ...admin()])).out);
    const after = parse((await plinth(['db:roles', ...admin(), '--rotate-passwords'])).out);
    expect(await whoIs(after['DATABASE_URL'])).toMatchObject({ user: 'app_login' });
    await expect(whoIs(before['DATABASE_URL'])).rejects.toMatchObject({ code: '28P01' });
  });

  test('db:init makes roles, tables and reference data of an empty server, twice', async () => {
    const first = await plinth(['db:init', ...admin(), '--write-env', envFile]);
    expect(first).toEqual({ code: 0, out: '', err: expect.stringMatching(/Initial\d+/) });
    const second = await plinth(['db:init', ...admin(), '--write-env', envFile]);
    expect(second).toMatchObject({ code: 0 });
    expect(second.err).not.toMatch(/Initial\d+/);
    const root = await cluster.connect('shop');
    const { rows } = await root.query<{ permissions: number; tables: number }>(
      `select (select count(*)::int from app.permission) as permissions,
         (select count(*)::int from pg_tables where schemaname = 'app') as tables`,
    );
    expect(rows[0]?.permissions).toBeGreaterThan(10);
    expect(rows[0]?.tables).toBeGreaterThan(30);
  });

  test('db:init works for a caller that has only CREATEROLE and CREATEDB', async () => {
    const root = await cluster.connect('postgres');
    await root.query(`create role manager login createrole createdb password 'pw'`);
    try {
      const url = new URL(cluster.adminUrl('postgres'));
      url.username = 'manager';
      url.password = 'pw';
      const made = await plinth(['db:init', '--admin-url', url.href, '--database', cluster.willBeMade('shop'), '--write-env', envFile]);
      expect(made).toEqual({ code: 0, out: '', err: expect.stringContaining('Still open to everybody') });
    } finally {
      await cluster.wipe();
      const again = await cluster.connect('postgres');
      await again.query('drop role manager');
    }
  });

  test('db:init says what to do where the owner’s password is not known', async () => {
    await plinth(['db:roles', ...admin()]);
    const { code, err } = await plinth(['db:init', ...admin()]);
    expect(code).toBe(1);
    expect(err).toContain('DATABASE_OWNER_URL');
  });

  test.each([
    ['a URL of something else', 'http://a:secret@b/c', 'must be a URL that begins with postgres://'],
    ['a port where nobody listens', 'postgres://a:secret@127.0.0.1:1/c', 'ECONNREFUSED'],
  ])('%s is explained, without the password and without a stack', async (_name, url, text) => {
    const { code, err } = await plinth(['db:roles', '--admin-url', url]);
    expect(code).toBe(1);
    expect(err).toContain(text);
    expect(err).not.toContain('secret');
    expect(err).not.toContain('    at ');
  });
});

async function whoIs(url: string | undefined): Promise<object | undefined> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<object>('select session_user::text as user, current_database()::text as database');
    return rows[0];
  } finally {
    await client.end();
  }
}
