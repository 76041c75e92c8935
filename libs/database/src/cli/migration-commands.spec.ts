import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { repositoryRoot } from '../embedded/home.js';
import { migrations } from '../migrations/index.js';
import { withAdmin } from '../testing/admin.js';
import { createOrganization, createTestDatabase, type TestDatabase } from '../testing/test-database.js';
import { COMMANDS } from './commands.js';
import { createMigration } from './migrations/new-migration.js';
import { lossesOf } from './migrations/revert-losses.js';
import { runCli } from './run-cli.js';

const NAMES = migrations.map((migration) => new migration().name);
const VARIABLES = ['DATABASE_URL', 'DATABASE_OWNER_URL'] as const;

describe('the commands about migrations', () => {
  const before = VARIABLES.map((variable) => [variable, process.env[variable]] as const);
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createTestDatabase();
    process.env['DATABASE_URL'] = database.urls.login;
    process.env['DATABASE_OWNER_URL'] = database.urls.owner;
  });
  afterEach(async () => {
    for (const [variable, value] of before) {
      if (value === undefined) delete process.env[variable];
      else process.env[variable] = value;
    }
    await database.drop();
  });

  async function plinth(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    const [out, err]: [string[], string[]] = [[], []];
    const code = await runCli(args, COMMANDS, { out: (line) => out.push(line), err: (line) => err.push(line), env: process.env });
    return { code, out: out.join('\n'), err: err.join('\n') };
  }

  const sql = (text: string): Promise<unknown> => withAdmin(database.urls.admin, (admin) => admin.query(text));

  it('show lists what ran, and answers 0 while nothing is pending', async () => {
    expect(await plinth('migration:show')).toEqual({ code: 0, out: NAMES.map((name) => `[X] ${name}`).join('\n'), err: '' });
  });

  it('show answers 1 and says what is pending, changed, missing or newer', async () => {
    await sql(`delete from app.migration where name = '${NAMES.at(-1)}'`);
    await sql("update app.migration_run set checksum = 'another' where name = 'SchemaTools1795272000000'");
    await sql(
      "update app.migration set id = 0 where name like 'Initial%'; insert into app.migration (timestamp, name) values (9999999999999, 'Newer9999999999999')",
    );
    const { code, out } = await plinth('migration:show');
    expect(code).toBe(1);
    expect(out.split('\n')).toEqual([
      expect.stringMatching(/^\[X\] Initial/),
      ...NAMES.slice(1, -1).map((name): unknown => expect.stringContaining(name.startsWith('SchemaTools') ? `[!] ${name}` : name)),
      expect.stringContaining(`[ ] ${NAMES.at(-1)}`),
      expect.stringMatching(/^\[>\] Newer9999999999999 {2}ran, and this build does not know it: the schema is newer/),
    ]);
  });

  it('show and current answer 2 where they could not look', async () => {
    process.env['DATABASE_OWNER_URL'] = 'postgres://app_owner:x@127.0.0.1:1/plinth';
    for (const command of ['migration:show', 'migration:current', 'migration:history']) {
      expect(await plinth(command)).toMatchObject({ code: 2, err: expect.stringContaining('Could not look: DATABASE_OWNER_URL') });
    }
  });

  it('current prints the newest that ran, with --json also when, by whom and what is pending', async () => {
    expect(await plinth('migration:current')).toMatchObject({ code: 0, out: NAMES.at(-1) });
    const { out } = await plinth('migration:current', '--json');
    expect(JSON.parse(out)).toEqual({
      ...{ head: NAMES.at(-1), completedAt: expect.stringMatching(/^20/), who: expect.stringContaining('@'), build: expect.stringMatching(/^\d+\./) },
      ...{ pending: [], newer: [] },
    });
  });

  it('run runs what is pending and says so; a second one finds nothing', async () => {
    await plinth('migration:revert', '--yes');
    const first = await plinth('migration:run', '--json');
    expect(first).toMatchObject({ code: 0, out: JSON.stringify({ ran: NAMES.slice(-1) }) });
    expect(first.err).toContain(`Migrating 1 of 1: ${NAMES.at(-1)}`);
    expect(await plinth('migration:run')).toEqual({ code: 0, out: '', err: 'No migrations are pending' });
  });

  it('run refuses a changed file, names it, and takes it once it is accepted', async () => {
    await sql("update app.migration_run set checksum = 'another' where name = 'SchemaTools1795272000000'");
    const refused = await plinth('migration:run');
    expect(refused.code).toBe(1);
    expect(refused.err).toMatch(/"SchemaTools1795272000000" changed after it ran.*--accept-changed SchemaTools1795272000000/s);
    expect((await plinth('migration:run', '--accept-changed', 'SchemaTools1795272000000')).code).toBe(0);
    expect((await plinth('migration:run')).code).toBe(0);
  });

  it('history tells what was done, oldest first, reverts and runs again included', async () => {
    await plinth('migration:revert', '--yes');
    await plinth('migration:run');
    const { code, out } = await plinth('migration:history');
    expect(code).toBe(0);
    const told = out.split('\n').map((line) => line.split('  ').slice(1, 3).join(' '));
    expect(told).toEqual([...NAMES.map((name) => `migrate ${name}`), `revert ${NAMES.at(-1)}`, `migrate ${NAMES.at(-1)}`]);
  });

  it('revert says which tables and columns it drops with how many rows, and does nothing without --yes', async () => {
    await createOrganization(database);
    while (!(await plinth('migration:current')).out.startsWith('Initial')) await plinth('migration:revert', '--yes');
    const { code, out, err } = await plinth('migration:revert');
    expect(code).toBe(1);
    expect(out).toContain('Reverting "Initial1795216500000" drops, for good:');
    expect(out).toContain('  table "app"."organization": 1 row');
    expect(out).toContain('  table "app"."run": 0 rows');
    expect(err).toContain('npm run migration:revert -- --yes');
    expect(await plinth('migration:show')).toMatchObject({ out: expect.stringContaining('[X] Initial') });
    expect((await plinth('migration:revert', '--yes')).code).toBe(0);
    expect(await plinth('migration:revert', '--yes')).toMatchObject({ code: 0, err: 'No migration has run; there is nothing to revert.' });
  });

  it('a name of no database with migrations is refused with the names there are', async () => {
    expect(await plinth('migration:show', '--database', 'nowhere')).toMatchObject({ code: 1, err: expect.stringContaining('There are: plinth') });
  });
});

describe('what a revert loses', () => {
  it('is read from its statements: tables, columns, rows, schemas, and what nobody can tell', async () => {
    const down = [
      'drop table app.note, "Odd"',
      'alter table app.run drop column title, drop column if exists "Other", add column x int',
      'drop index app.ix; truncate app.job; drop schema s cascade; delete from app.team',
    ];
    const losses = await lossesOf({
      up: () => Promise.resolve(),
      down: async (runner) => {
        for (const statement of down) await runner.query(statement);
        await runner.dropTable('x');
      },
    });
    expect(losses.map(({ kind, object }) => `${kind} ${object}`)).toEqual([
      'table "app"."note"',
      'table "Odd"',
      'column "app"."run"."title"',
      'column "app"."run"."Other"',
      'rows "app"."job"',
      'schema "s"',
      'unknown delete from app.team',
      'unknown its call of dropTable',
    ]);
  });
});

describe('migration:create', () => {
  const LISTS = ['libs/database/src/migrations/index.ts', 'libs/database/src/migrations/further-databases.ts'];
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'plinth-create-'));
    for (const path of LISTS) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await cp(join(repositoryRoot(), path), join(root, path));
    }
  });
  afterEach(() => rm(root, { recursive: true }));

  const text = (path: string): Promise<string> => readFile(join(root, path), 'utf8');

  it('makes a documented file behind every other, and lists it', async () => {
    const made = await createMigration({ name: 'Add note', now: 1, root });
    const newest = Math.max(...NAMES.map((name) => Number(name.slice(-13))));
    expect(made.className).toBe(`AddNote${newest + 1_000}`);
    expect(made.path).toBe(`libs/database/src/migrations/${newest + 1_000}-add-note.ts`);
    expect(await text(made.path)).toContain(`export class ${made.className} implements MigrationInterface`);
    const list = await text(LISTS[0] ?? '');
    expect(list).toContain(`import { ${made.className} } from './${newest + 1_000}-add-note.js';\n`);
    expect(list.endsWith(`  ${made.className},\n] as const;\n`)).toBe(true);
  });

  it('makes folder, list and entry of a further database', async () => {
    const first = await createMigration({ name: 'sales', database: 'reporting', now: 1_800_000_000_000, root });
    const second = await createMigration({ name: 'more-sales', database: 'reporting', now: 1, root });
    expect(first.written).toEqual([
      'libs/database/src/migrations/reporting/1800000000000-sales.ts',
      'libs/database/src/migrations/reporting/index.ts',
      'libs/database/src/migrations/further-databases.ts',
    ]);
    expect(second.written).toHaveLength(2);
    expect(await text('libs/database/src/migrations/reporting/index.ts')).toContain('  Sales1800000000000,\n  MoreSales1800000001000,\n] as const;');
    expect(await text(LISTS[1] ?? '')).toContain('  reporting: reportingMigrations,\n');
  });

  it.each(['', '1st', 'drop;table', '../x'])('refuses the name "%s" and writes nothing', async (name) => {
    await expect(createMigration({ name, root })).rejects.toThrow('is no name for it');
  });

  it('refuses a list that it cannot read, and writes nothing', async () => {
    await writeFile(join(root, LISTS[0] ?? ''), 'export const migrations = [];\n');
    await expect(createMigration({ name: 'x', root })).rejects.toThrow('Nothing was written');
  });
});
