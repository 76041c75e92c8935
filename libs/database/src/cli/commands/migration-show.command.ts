import type { MigrationReport } from '../../migrations/runner/migration-runner.js';
import type { CliCommand } from '../command.js';
import { declareDatabase, orCouldNotLook, withMigrations, type DatabaseOption } from '../migrations/with-migrations.js';

export interface MigrationShowOptions extends DatabaseOption {
  readonly json?: boolean;
}

interface Line {
  readonly name: string;
  readonly state: 'ran' | 'pending' | 'half run' | 'half reverted' | 'changed' | 'missing' | 'newer';
  readonly note: string;
}

const MARKS: Readonly<Record<Line['state'], string>> = {
  ran: '[X]',
  pending: '[ ]',
  'half run': '[/]',
  'half reverted': '[/]',
  changed: '[!]',
  missing: '[!]',
  newer: '[>]',
};

/** Every migration of this build and of the database, and what each is. */
export const migrationShow: CliCommand<MigrationShowOptions> = {
  name: 'migration:show',
  summary: 'list the migrations: ran [X], pending [ ], half done [/], changed or missing [!], of a newer build [>]',
  configure(command) {
    declareDatabase(command);
    command
      .option('--json', 'print the list as JSON')
      .addHelpText('after', '\nChanges nothing.\nExit code 0: nothing is pending; 1: something is pending, changed or missing; 2: could not look.');
  },
  async run({ json = false, ...options }, io) {
    return orCouldNotLook(io, async () => {
      const report = await withMigrations(options, io, (source) => source.runner.report());
      const lines = linesOf(report);
      if (json) io.out(JSON.stringify({ migrations: lines, migrating: report.holder?.text ?? null }, null, 2));
      else for (const { name, state, note } of lines) io.out(`${MARKS[state]} ${name}${note === '' ? '' : `  ${note}`}`);
      if (!json && report.holder !== undefined) io.out(`At work now: ${report.holder.text}`);
      return lines.every(({ state }) => state === 'ran' || state === 'newer') ? 0 : 1;
    });
  },
};

function linesOf({ known, plan, books }: MigrationReport): Line[] {
  const has = (list: readonly { readonly name: string }[], name: string): boolean => list.some((one) => one.name === name);
  const own = known.map(({ name, transactional }): Line => {
    const run = books.runs.get(name);
    const error = run?.errorMessage ? `: ${run.errorMessage}` : '';
    if (has(plan.halfRun, name)) return { name, state: 'half run', note: `${run?.statementsDone ?? 0} statements are done; migration:run goes on${error}` };
    if (has(plan.halfReverted, name)) return { name, state: 'half reverted', note: `migration:revert goes on${error}` };
    if (plan.changed.some(({ migration }) => migration.name === name)) return { name, state: 'changed', note: 'the file says something else than what ran' };
    if (has(plan.outOfOrder, name)) return { name, state: 'pending', note: 'older than what has run already: branches were merged out of order' };
    if (has(plan.pending, name)) return { name, state: 'pending', note: transactional ? '' : 'statement by statement, not one transaction' };
    return { name, state: 'ran', note: has(plan.unrecorded, name) ? 'before checksums were kept' : '' };
  });
  return [
    ...own,
    ...plan.missing.map((name): Line => ({ name, state: 'missing', note: 'ran before others of this build, which does not have it' })),
    ...plan.newer.map((name): Line => ({ name, state: 'newer', note: 'ran, and this build does not know it: the schema is newer' })),
  ];
}
