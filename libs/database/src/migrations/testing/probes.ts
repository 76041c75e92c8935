import type { MigrationInterface, QueryRunner } from 'typeorm';
import { recordsOnly } from '../runner/checksum.js';
import { changeRowsInBatches } from '../steps/change-rows.js';
import type { MigrationClass, MigrationTarget } from '../target.js';

/** Books of their own in an otherwise empty database: what a further database has. */
export function probeTarget(migrations: readonly MigrationClass[]): MigrationTarget {
  return { database: 'probe', variable: 'DATABASES_PROBE_OWNER_URL', schema: 'plinth', journal: 'migration', migrations, makesBooks: true };
}

/** A migration of the statements given. Its name is `Probe` with `place` in its timestamp. */
export function probe(
  place: number,
  up: readonly string[],
  { down = [], transaction }: { down?: readonly string[]; transaction?: false } = {},
): MigrationClass {
  const name = probeName(place);
  return class implements MigrationInterface {
    readonly name = name;
    readonly transaction = transaction;

    async up(runner: QueryRunner): Promise<void> {
      for (const statement of up) await runner.query(statement);
    }

    async down(runner: QueryRunner): Promise<void> {
      for (const statement of down) await runner.query(statement);
    }
  };
}

export function probeName(place: number): string {
  return `Probe${1_800_000_000_000 + place}`;
}

/** Says `at <place>` and waits for SIGUSR2, where the environment asks for it: the moment at which a test kills the process, or goes on. */
async function stopAt(place: number | string): Promise<void> {
  if (process.env['PROBE_STOP_AT'] !== String(place)) return;
  await new Promise<void>((resolve) => {
    const alive = setInterval(() => undefined, 60_000);
    process.once('SIGUSR2', () => {
      clearInterval(alive);
      resolve();
    });
    process.stdout.write(`at ${place}\n`);
  });
}

/** What a migration of several transactions may hold: two in a transaction, an index built and one dropped outside, rows, batches. */
export const STATEMENTS = [
  'create table app.probe (id integer primary key, v text, done boolean not null default false)',
  "insert into app.probe select n, 'v' || n from generate_series(1, 300) n",
  'create index concurrently ix_probe_v on app.probe (v)',
  'create index ix_probe_done on app.probe (done)',
  'insert into app.probe values (1000, null)',
  'drop index concurrently app.ix_probe_done',
];

class StatementByStatement implements MigrationInterface {
  readonly name = probeName(2);
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    for (const [index, statement] of STATEMENTS.entries()) {
      if (!recordsOnly(runner)) await stopAt(index + 1);
      await runner.query(statement);
    }
    if (!recordsOnly(runner)) await stopAt(STATEMENTS.length + 1);
    await changeRowsInBatches(runner, {
      what: 'set done',
      sql: 'update app.probe set done = true where id in (select id from app.probe where not done limit 50)',
      tables: ['app.probe'],
    });
    if (!recordsOnly(runner)) await stopAt(STATEMENTS.length + 2);
  }

  async down(runner: QueryRunner): Promise<void> {
    const statements = ['drop index concurrently app.ix_probe_v', 'drop table app.probe'];
    for (const [index, statement] of statements.entries()) {
      if (!recordsOnly(runner)) await stopAt(`down ${index + 1}`);
      await runner.query(statement);
    }
    if (!recordsOnly(runner)) await stopAt(`down ${statements.length + 1}`);
  }
}

class OneTransaction implements MigrationInterface {
  readonly name = probeName(3);

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table app.whole (id integer primary key)');
    if (!recordsOnly(runner)) await stopAt('inside');
    await runner.query('insert into app.whole values (1)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table app.whole');
  }
}

/** What the child processes of the kill and concurrency tests run. */
export const PROBES: readonly MigrationClass[] = [
  probe(1, ['create table app.first (id integer primary key generated always as identity)', 'insert into app.first default values'], {
    down: ['drop table app.first'],
  }),
  StatementByStatement,
  OneTransaction,
];
