import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSpecHome, type SpecHome } from '../embedded/spec-home.js';
import { runMigrations } from '../migrations/run.js';
import { joinEmbeddedServer } from '../embedded/join.js';
import { examine } from '../schema/doctor/examine.js';
import type { DoctorReport } from '../schema/doctor/report.js';
import { schemaDoctor } from './commands/schema-doctor.command.js';
import { runCli } from './run-cli.js';
import { coloursOf } from './schema/colours.js';
import { doctorEnvironment } from './schema/doctor-environment.js';
import { doctorLines } from './schema/doctor-lines.js';

type Env = Record<string, string | undefined>;

async function doctor(env: Env, ...options: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const io = { out: (line: string) => out.push(line), err: (line: string) => err.push(line), env };
  const code = await runCli(['schema:doctor', '--timeout', '5', ...options], [schemaDoctor], io);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

describe('schema:doctor on the command line', () => {
  let home: SpecHome;
  let folder: string;

  beforeAll(async () => {
    home = await makeSpecHome();
    folder = await mkdtemp(join(tmpdir(), 'plinth-doctor-'));
    const server = await joinEmbeddedServer({ home: home.home.folder, durability: 'test' });
    await runMigrations(server.urls.owner);
    await server.release();
  }, 60_000);
  afterAll(async () => {
    await home.remove();
    await rm(folder, { recursive: true });
  });

  it('looks at the embedded server where no URL is set, and is short where all is well', async () => {
    const { code, out } = await doctor({ PLINTH_HOME: home.home.folder });
    expect(out).toMatch(/DATABASE_OWNER_URL +postgres:\/\/app_owner:\*\*\*@127\.0\.0\.1:\d+\/plinth +embedded server/);
    expect(out).toMatch(/^Healthy: \d+ as it should be, 0 wrong, 0 to know, 0 not looked at; in \d+ ms$/m);
    expect(out.split('\n').length).toBeLessThan(20);
    expect(code).toBe(0);
  });

  it('shows with --all every setting and every check', async () => {
    const { out } = await doctor({ PLINTH_HOME: home.home.folder }, '--all');
    expect(out).toMatch(/DATABASE_STATEMENT_TIMEOUT_MS +30000 +default/);
    expect(out).toMatch(/^login-rules\n {2}✓ DATABASE_URL: "app_login" can do what "app_login" may, and no more$/m);
  });

  it('answers 1 where a setting cannot be used, 2 where nothing could be reached, and 1 for an option that it cannot read', async () => {
    const production = { NODE_ENV: 'production' };
    expect(await doctor(production)).toMatchObject({ code: 1, out: expect.stringMatching(/✗ DATABASE_URL: must be set/) });
    const away = { ...production, DATABASE_URL: 'postgres://app_login:geheim@127.0.0.1:1/plinth' };
    expect(await doctor(away)).toMatchObject({
      code: 2,
      out: expect.stringMatching(/\? DATABASE_URL: DATABASE_URL: "app_login" could not connect|\? DATABASE_URL: "app_login" could not connect/),
    });
    expect(await doctor(production, '--timeout', 'soon')).toMatchObject({ code: 1, err: expect.stringContaining('--timeout takes seconds') });
  });

  it('says half of the URLs are set, rather than to join another server for the rest', async () => {
    const { code, out } = await doctor({
      NODE_ENV: 'development',
      PLINTH_HOME: home.home.folder,
      DATABASE_QUEUE_URL: 'postgres://app_queue:geheim@127.0.0.1:1/plinth',
    });
    expect(out).toMatch(/✗ embedded server: .*DATABASE_QUEUE_URL/);
    expect(code).toBe(1);
  });

  describe('where a value comes from', () => {
    async function originsOf(text: string, env: Env): Promise<{ origins: Record<string, unknown>; report: DoctorReport }> {
      const file = join(folder, '.env');
      await writeFile(file, text);
      const { close, ...environment } = await doctorEnvironment({ env: { NODE_ENV: 'production', ...env }, err: () => undefined }, file);
      const report = await examine({ ...environment, checks: [] });
      await close();
      return { origins: Object.fromEntries(report.settings.map(({ variable, origin, value }) => [variable, [value, origin]])), report };
    }

    it('is the environment before the line of the file before the default', async () => {
      const text = '# a file\n\nDATABASE_POOL_SIZE=4\nexport DATABASE_QUEUE_POOL_SIZE=5\nDATABASE_LOCK_TIMEOUT_MS=1\nDATABASE_LOCK_TIMEOUT_MS=2\n';
      const { origins } = await originsOf(text, { DATABASE_POOL_SIZE: '9' });
      expect(origins).toMatchObject({
        DATABASE_POOL_SIZE: ['9', { from: 'environment' }],
        DATABASE_QUEUE_POOL_SIZE: ['5', { from: 'file', line: 4 }],
        DATABASE_LOCK_TIMEOUT_MS: ['2', { from: 'file', line: 6 }],
        DATABASE_PRIVILEGED_POOL_SIZE: ['3', { from: 'default' }],
        ENABLE_AUTO_MIGRATION: ['false', { from: 'default' }],
        DATABASE_DIRECT_URL: [null, { from: 'nowhere' }],
      });
    });

    it('is told where a name is misspelt or a line is hidden', async () => {
      const { report } = await originsOf('DATABASE_POOL_SIZ=4\nDATABASE_OWNER_URL=postgres://app_owner:geheim@localhost/plinth\n', { DATABASE_OWNER_URL: '' });
      expect(report.diagnoses).toMatchObject([
        {
          subject: 'DATABASE_POOL_SIZ',
          outcome: 'warning',
          says: expect.stringMatching(/^Line 1 of .*nothing reads it\.$/),
          mend: { text: expect.stringContaining('DATABASE_POOL_SIZE') },
        },
        { subject: 'DATABASE_OWNER_URL', outcome: 'warning', mend: { text: 'unset DATABASE_OWNER_URL' } },
      ]);
    });
  });

  describe('secrets', () => {
    /** Each holds the word that must not be seen, in a place where a password stands or could be put by mistake. */
    const URLS = [
      'postgres://app_login:GEHEIM@127.0.0.1:1/plinth',
      'postgres://app_login:GEHEIM%2F1@127.0.0.1:1/plinth',
      'postgres://app_login:x/GEHEIM@127.0.0.1:1/plinth',
      'postgres://app_login:12#GEHEIM@127.0.0.1:1/plinth',
      'postgres://app_login:5432/GEHEIM@127.0.0.1:1/plinth',
      'postgres://app_login:a@GEHEIM@127.0.0.1:1/plinth',
      'postgres://app_login:a b GEHEIM@127.0.0.1:1/plinth',
      'postgres://app_login:%ZZGEHEIM@127.0.0.1:1/plinth',
      'postgres://app_login@127.0.0.1:1/plinth?password=GEHEIM',
      'postgres://app_login:GEHEIM@nobody.example.invalid/plinth?sslmode=require',
      'mysql://app_login:GEHEIM@127.0.0.1:1/plinth',
      'app_login:GEHEIM@127.0.0.1:1/plinth',
      'GEHEIM',
    ];
    const VARIABLES = [
      'DATABASE_URL',
      'DATABASE_PRIVILEGED_URL',
      'DATABASE_QUEUE_URL',
      'DATABASE_OWNER_URL',
      'DATABASE_DIRECT_URL',
      'DATABASE_SCRATCH_URL',
      'DATABASE_ADMIN_URL',
      'DATABASES_OTHER_URL',
    ];
    const NUMBERS = [
      'DATABASE_POOL_SIZE',
      'DATABASE_CONNECT_TIMEOUT_MS',
      'ENABLE_AUTO_MIGRATION',
      'DATABASE_ROUND_TRIP_FORM',
      'PG_SSL_ALLOW_SELF_SIGNED',
      'MIGRATION_WAIT_MS',
      'SCHEMA_LOCK_ATTEMPTS',
    ];

    async function everything(env: Env): Promise<string> {
      const [plain, all, json] = [await doctor(env), await doctor(env, '--all'), await doctor(env, '--json')];
      expect(() => JSON.parse(json.out) as unknown).not.toThrow();
      return JSON.stringify([plain, all, json]);
    }

    it.each(URLS)('are not shown, where every URL is like %s', async (url) => {
      const env = { NODE_ENV: 'production', ...Object.fromEntries(VARIABLES.map((name) => [name, url])) };
      expect(await everything(env)).not.toContain('GEHEIM');
    });

    it('are not shown where half of a password reads as the name of a database', async () => {
      const owner = 'postgres://app_owner:pw@127.0.0.1:1/plinth';
      const env = {
        NODE_ENV: 'production',
        DATABASE_URL: owner,
        DATABASE_OWNER_URL: owner,
        DATABASE_DIRECT_URL: 'postgres://app_login:5432/GEHEIM@127.0.0.1:1/plinth',
      };
      expect(await everything(env)).not.toContain('GEHEIM');
    });

    it('are not shown where they stand in a setting that is no URL', async () => {
      const url = 'postgres://app_login:GEHEIM@127.0.0.1:1/plinth';
      const env = { NODE_ENV: 'production', SCHEMA_BASELINE: url, ...Object.fromEntries(NUMBERS.map((name) => [name, 'GEHEIM'])) };
      expect(await everything({ ...env, PG_SSL_ROOT_CERT: 'GEHEIM', DATABASE_URL: url })).not.toContain('GEHEIM');
    });

    it('are not shown of a server that refuses them, nor of one that takes them', async () => {
      const server = await joinEmbeddedServer({ home: home.home.folder });
      const { login, owner, admin } = server.urls;
      const refused = login.replace(/:[^:@]+@/, ':GEHEIM@');
      const text = await everything({ NODE_ENV: 'production', DATABASE_URL: refused, DATABASE_OWNER_URL: owner, DATABASE_SCRATCH_URL: admin });
      await server.release();
      expect(text).not.toContain('GEHEIM');
      for (const password of Object.values(server.secrets.passwords)) expect(text).not.toContain(password);
    });
  });

  it('is coloured on a terminal, and plain elsewhere', async () => {
    const { close, ...environment } = await doctorEnvironment({ env: { NODE_ENV: 'production' }, err: () => undefined }, join(folder, 'none'));
    const report = await examine(environment);
    await close();
    expect(doctorLines(report, coloursOf({ colour: true })).join('\n')).toContain('\u001b[31m✗\u001b[0m');
    expect(doctorLines(report, coloursOf({})).join('\n')).not.toContain('\u001b');
  });
});
