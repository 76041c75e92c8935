import pg from 'pg';
import { FixtureServer } from '../config/fixtures/server.js';
import { COMMITTED } from '../health/fingerprint/committed.generated.js';
import { committedFrom, expectedOn } from '../health/fingerprint/committed-file.js';
import { render } from '../health/fingerprint/write-fingerprints.js';
import { runMigrations } from '../migrations/run.js';
import { bootstrapRoles } from '../roles/index.js';
import { schemaFingerprint } from './commands/schema-fingerprint.command.js';
import { runCli } from './run-cli.js';

describe('schema:fingerprint', () => {
  let server: FixtureServer;
  let root: pg.Client;
  const before = process.env['DATABASE_URL'];

  async function run(...options: readonly string[]): Promise<{ code: number; out: string; err: string }> {
    const out: string[] = [];
    const err: string[] = [];
    const io = { out: (line: string) => out.push(line), err: (line: string) => err.push(line), env: process.env };
    const code = await runCli(['schema:fingerprint', ...options], [schemaFingerprint], io);
    return { code, out: out.join('\n'), err: err.join('\n') };
  }

  beforeAll(async () => {
    server = await FixtureServer.create();
    await server.start(null);
    root = new pg.Client({ connectionString: server.adminUrl });
    await root.connect();
    const { passwords } = await bootstrapRoles(root, { database: 'postgres' });
    const url = (login: 'app_owner' | 'app_login'): string =>
      `postgres://${login}:${encodeURIComponent(passwords[login] ?? '')}@127.0.0.1:${server.port}/postgres`;
    process.env['DATABASE_URL'] = url('app_login');
    expect(await run()).toMatchObject({ code: 2, out: expect.stringMatching(/^result +not judged: \d+ migrations have not run$/m) });
    await runMigrations(url('app_owner'));
  }, 60_000);
  afterAll(async () => {
    if (before === undefined) delete process.env['DATABASE_URL'];
    else process.env['DATABASE_URL'] = before;
    await root.end();
    await server.remove();
  });

  it('answers 0 where nothing differs, and prints both fingerprints, head and version', async () => {
    const { code, out } = await run();
    expect(code).toBe(0);
    expect(out).toMatch(
      new RegExp(`^head +${COMMITTED.head}\nserver +PostgreSQL \\d+\nsecurity +[0-9a-f]{12} +as committed\nrest +[0-9a-f]{12} +as committed\nresult +same$`),
    );
  });

  it('answers 1 for drift, and names it', async () => {
    await root.query('create policy evil on app.run using (true)');
    const text = await run();
    const json = await run('--json');
    await root.query('drop policy evil on app.run');
    expect(text).toMatchObject({
      code: 1,
      out: expect.stringMatching(/security +[0-9a-f]{12} +committed: [0-9a-f]{12}\n.*as committed\n.*\n {2}policy:run\.evil is extra$/),
    });
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out)).toMatchObject({ outcome: 'drift', head: COMMITTED.head, drift: ['policy:run.evil is extra'] });
  });

  it('answers 2 where it cannot look', async () => {
    const url = process.env['DATABASE_URL'];
    process.env['DATABASE_URL'] = 'postgres://app_login:secret@127.0.0.1:1/postgres';
    const answers = [await run(), await run('--json')];
    process.env['DATABASE_URL'] = url;
    expect(answers.map(({ code }) => code)).toEqual([2, 2]);
    expect(answers[0]?.err).toMatch(/^Could not look: ECONNREFUSED/);
    expect(JSON.parse(answers[1]?.out ?? '')).toMatchObject({ outcome: 'could not look', reason: expect.stringMatching(/ECONNREFUSED/) });
  });
});

describe('the committed file', () => {
  const of = (...lines: (readonly [string, string])[]): ReadonlyMap<string, string> => new Map(lines);

  it('has one line an object, with majors together where they agree', () => {
    const expected = new Map([
      [18, of(['table:a', '0000000001'], ['table:c', '0000000004'])],
      [15, of(['table:a', '0000000001'], ["table:b's", '0000000002'])],
      [16, of(['table:a', '0000000001'], ["table:b's", '0000000003'])],
    ]);
    const content = committedFrom('Head1', expected);
    expect(content.objects).toEqual({ 'table:a': '0000000001', "table:b's": '15:0000000002 16:0000000003', 'table:c': '18:0000000004' });
    for (const [major, objects] of expected) expect(expectedOn(major, content)).toEqual(objects);
    expect(expectedOn(17, content)).toBeUndefined();
    expect(render(content)).toContain("\n    'table:b\\'s': '15:0000000002 16:0000000003',\n");
  });

  it('is the same whatever order it was made in', () => {
    const [a, b] = [of(['x:1', '1'], ['x:2', '2']), of(['x:2', '2'], ['x:1', '1'])];
    expect(
      render(
        committedFrom(
          'H',
          new Map([
            [15, a],
            [16, b],
          ]),
        ),
      ),
    ).toBe(
      render(
        committedFrom(
          'H',
          new Map([
            [16, a],
            [15, b],
          ]),
        ),
      ),
    );
  });
});
