import type { TableFacts } from '../catalogue.js';
import type { Finding, Verdict } from '../findings.js';
import { insertStatement } from '../rows.js';
import { newRow, type Outcome, type World } from '../world.js';
import { UNIQUE_VIOLATION } from '../sql-states.js';
import { describeOutcome, ownEntry, type IsolationCheck } from './check.js';

/** A value that another organization's row holds is as free for us as any: no unique key tells of it. */
export const uniqueKeysCheck: IsolationCheck = {
  name: 'unique keys',
  async run(world) {
    const findings: Finding[] = [];
    for (const table of world.tables) {
      if (table.primaryKey[0] !== 'org_id' || table.name === 'organization_user') continue;
      for (const key of table.uniques) {
        const insertable = key.columns.every((name) => table.columns.find((column) => column.name === name)?.tenantMay.insert);
        if (insertable) findings.push(await attackKey(world, table, key.name, key.columns));
      }
    }
    return findings;
  },
};

async function attackKey(world: World, table: TableFacts, name: string, columns: readonly string[]): Promise<Finding> {
  const row = newRow(table, world.own);
  const theirs = world.other.rows.get(table.name) ?? {};
  const references = new Set(table.foreignKeys.flatMap((key) => key.columns));
  for (const column of columns) if (column !== 'org_id' && !references.has(column)) row[column] = theirs[column];
  const insertable = new Set(table.columns.filter(({ tenantMay }) => tenantMay.insert).map((column) => column.name));
  const { text, values } = insertStatement(table.name, Object.fromEntries(Object.entries(row).filter(([column]) => insertable.has(column))));
  const outcome = await world.attack(ownEntry(world), text, values);
  return {
    check: 'unique keys',
    object: table.name,
    attack: `take the value that "${name}" holds for another organization`,
    verdict: verdict(outcome, columns, references),
    expected: '1 row',
    actual: describeOutcome(outcome),
  };
}

/** A key made only of references cannot hold another organization's values at all: our own row is then what collides. */
function verdict(outcome: Outcome, columns: readonly string[], references: ReadonlySet<string>): Verdict {
  if (outcome.kind === 'done') return outcome.count === 1 ? 'held' : 'unknown';
  if (outcome.sqlState !== UNIQUE_VIOLATION) return 'unknown';
  return columns.every((column) => references.has(column)) ? 'held' : 'broken';
}
