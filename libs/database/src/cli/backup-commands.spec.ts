import { readdir } from 'node:fs/promises';
import { archiveFolder, contentOf, oddDatabase } from '../schema/backup/testing/full-database.js';
import type { TestDatabase } from '../testing/test-database.js';
import { COMMANDS } from './commands.js';
import { runCli } from './run-cli.js';

const VARIABLES = ['DATABASE_URL', 'DATABASE_OWNER_URL', 'DATABASE_DIRECT_URL'] as const;

describe('db:backup, db:restore and db:attest', () => {
  const before = VARIABLES.map((name) => [name, process.env[name]] as const);
  let source: TestDatabase;
  let target: TestDatabase;
  let folder: { path: string; remove: () => Promise<void> };

  beforeAll(async () => {
    [source, target] = [await oddDatabase({ rows: true }), await oddDatabase({ rows: false })];
    folder = await archiveFolder();
  });
  afterAll(async () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    await Promise.all([source.drop(), target.drop(), folder.remove()]);
  });

  beforeEach(() => {
    delete process.env['DATABASE_DIRECT_URL'];
  });

  async function plinth(database: TestDatabase, args: readonly string[], ownerUrl = database.urls.owner): Promise<{ code: number; out: string; err: string }> {
    process.env['DATABASE_URL'] = database.urls.login;
    process.env['DATABASE_OWNER_URL'] = ownerUrl;
    const [out, err]: [string[], string[]] = [[], []];
    const code = await runCli(args, COMMANDS, { out: (line) => out.push(line), err: (line) => err.push(line), env: process.env });
    return { code, out: out.join('\n'), err: err.join('\n') };
  }

  test('a backup prints its folder alone, which the restore of another database takes', async () => {
    const made = await plinth(source, ['db:backup', '--to', folder.path]);
    expect(made).toMatchObject({
      code: 0,
      err: expect.stringMatching(/^Backed up \d+ tables, \d+ rows .+\nThe receipt [0-9a-f]{64} is entered in app.schema_ledger\.$/),
    });
    expect(await readdir(folder.path)).toEqual([made.out.slice(folder.path.length + 1)]);

    const looked = await plinth(target, ['db:restore', '--from', made.out, '--verify-only']);
    expect(looked).toMatchObject({ code: 0, err: expect.stringContaining('The archive is whole: ') });

    const unsaid = await plinth(target, ['db:restore', '--from', made.out]);
    expect(unsaid).toMatchObject({ code: 1, err: expect.stringContaining('Nothing was changed. To do it, add the flag --yes') });

    const restored = await plinth(target, ['db:restore', '--from', made.out, '--yes']);
    expect(restored).toMatchObject({ code: 0, out: '', err: expect.stringContaining('compared them with the archive') });
    expect(await contentOf(target, ['schema_ledger'])).toEqual(await contentOf(source, ['schema_ledger']));

    const again = await plinth(target, ['db:restore', '--from', made.out, '--yes']);
    expect(again).toMatchObject({ code: 1, err: expect.stringMatching(/^TablesNotEmptyError: .+ add --replace/) });
    const replaced = await plinth(target, ['db:restore', '--from', made.out, '--yes', '--replace', '--json']);
    expect(JSON.parse(replaced.out)).toMatchObject({ replaced: { payment: 4 } });
  });

  test('a backup as JSON holds path and receipt, and nothing else is printed there', async () => {
    const { out } = await plinth(source, ['db:backup', '--to', folder.path, '--json']);
    expect(JSON.parse(out)).toMatchObject({
      archive: expect.stringContaining(folder.path),
      receipt: { id: expect.stringMatching(/^[0-9a-f]{64}$/), tables: expect.any(Array) },
    });
  });

  test('a backup as the service’s login is refused', async () => {
    const { code, out, err } = await plinth(source, ['db:backup', '--to', folder.path], source.urls.login);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^RowsHiddenError: "app_login" does not see every row/);
  });

  test('a backup goes past a pooler where DATABASE_DIRECT_URL names the way', async () => {
    const { host } = new URL(source.urls.owner);
    process.env['DATABASE_DIRECT_URL'] = `postgres://${host}/${source.name}`;
    const { code, out } = await plinth(source, ['db:backup', '--to', folder.path], source.urls.owner.replace(host, '127.0.0.1:1'));
    expect([code, out]).toEqual([0, expect.stringContaining(source.name)]);
  });

  test('an attestation is entered with its id', async () => {
    const { code, out } = await plinth(source, ['db:attest', '--id', 'rds:1', '--reason', 'nightly', '--json']);
    expect([code, JSON.parse(out)]).toEqual([0, { backupId: 'rds:1', ledgerId: expect.any(String) }]);
  });

  test.each([
    [['db:backup', '--wait', 'long'], '--wait takes seconds'],
    [['db:restore', '--from', '/nowhere', '--yes'], 'is no complete backup'],
    [['db:restore', '--yes'], '--from'],
    [['db:attest', '--id', 'x'], '--reason'],
  ])('%j is refused', async (args, text) => {
    const { code, err } = await plinth(source, args);
    expect(code).toBe(1);
    expect(err).toContain(text);
  });

  test('the help says whose rows an archive holds', async () => {
    const { out } = await plinth(source, ['db:backup', '--help']);
    expect(out.replaceAll(/\s+/g, ' ')).toContain('it holds the rows of all organizations');
  });
});
