import { tenancyOfTable } from '../declared.js';
import type { Finding } from '../findings.js';
import { quote } from '../rows.js';
import { INSUFFICIENT_PRIVILEGE } from '../sql-states.js';
import { describeOutcome, ownEntry, verdictOfRefusal, type IsolationCheck } from './check.js';

/** A column that the entity does not grant to the tenant cannot be read or written, also in the tenant's own row. */
export const columnGrantsCheck: IsolationCheck = {
  name: 'column grants',
  async run(world) {
    const findings: Finding[] = [];
    for (const table of world.tables) {
      const declared = tenancyOfTable(table.name);
      for (const { name } of table.columns) {
        const column = quote(name);
        const statements: [string, boolean, string][] = [
          ['select', declared.select(name), `select ${column} from app.${quote(table.name)} limit 1`],
          ['update', declared.update(name), `update app.${quote(table.name)} set ${column} = ${column}`],
          ['insert', declared.insert(name), `insert into app.${quote(table.name)} (${column}) values (null)`],
        ];
        for (const [command, allowed, text] of statements) {
          if (allowed) continue;
          const outcome = await world.attack(ownEntry(world), text);
          findings.push({
            check: 'column grants',
            object: `${table.name}.${name}`,
            attack: `${command} without a grant`,
            verdict: verdictOfRefusal(outcome, [INSUFFICIENT_PRIVILEGE]),
            expected: INSUFFICIENT_PRIVILEGE,
            actual: describeOutcome(outcome),
          });
        }
      }
    }
    return findings;
  },
};
