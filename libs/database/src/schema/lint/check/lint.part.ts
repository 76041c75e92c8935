import { join } from 'node:path';
import { withClient } from '../../expected/scratch-database.js';
import { lintMigration, recordedStatements, type MigrationReport } from '../lint-migration.js';
import { readModel } from '../model/read-model.js';
import { nameOf, recordMigration, type MigrationClass } from '../record/record-migration.js';
import { sourceFinder } from '../record/source-lines.js';
import { RULES } from '../rules/index.js';
import type { Schema } from '../rules/rule.js';
import { schemaView } from '../schema-view.js';
import { runSquawk } from '../squawk/run-squawk.js';
import { SQUAWK_RULES } from '../squawk/squawk-rules.js';
import { withOldSchema, type Scratch } from './fresh-on-scratch.js';
import type { CheckGround, CheckPart } from './part.js';

/** Each new migration's statements, as they run, under squawk's rules and ours. */
export const lintPart: CheckPart = {
  name: 'lint',
  asks: 'Does each new migration keep the rules of docs/schema-rules?',
  async run(ground) {
    if (ground.chosen.fresh.length === 0) return { lookedAt: 'no new migration', findings: [] };
    const reports = await withOldSchema(ground, (scratch) => lintInOrder(ground, scratch));
    const statements = reports.reduce((sum, report) => sum + report.statements, 0);
    return {
      lookedAt: `${counted(reports.length, 'migration')}, ${counted(statements, 'statement')}, ${RULES.length} rules and ${SQUAWK_RULES.length} of squawk's`,
      findings: reports.flatMap(({ findings }) => findings),
      suppressed: reports.flatMap(({ suppressed }) => suppressed),
    };
  },
};

async function lintInOrder(ground: CheckGround, scratch: Scratch): Promise<MigrationReport[]> {
  const reports: MigrationReport[] = [];
  let before = await look(scratch);
  for (const migration of ground.chosen.fresh) {
    const messages = await recordMigration(scratch.source, migration, 'up');
    const after = await look(scratch);
    const statements = (await recordedStatements(messages)).map(({ text }) => text);
    const others = await runSquawk(statements, { inTransaction: new migration().transaction !== false });
    const name = nameOf(migration);
    reports.push(await lintMigration({ name, messages, before, after, others, findSource: sources(ground.root, migration) }));
    before = after;
  }
  return reports;
}

function look({ database }: Scratch): Promise<Schema> {
  return withClient(database.connection, async (client) => schemaView(await readModel(client)));
}

function sources(root: string, migration: MigrationClass): (sql: string) => string | undefined {
  return sourceFinder(join(root, 'libs', 'database', 'src', 'migrations'), root, /\d{13}$/.exec(nameOf(migration))?.[0] ?? nameOf(migration));
}

/** `1 migration`, `2 migrations` */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
