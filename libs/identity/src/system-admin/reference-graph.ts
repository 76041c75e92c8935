import type { Reference } from '../persistence/references.js';
import { ReferenceCycleError } from './errors.js';

/**
 * The tables whose rows go when a row of `root` goes, along every reference that cascades; each one after all those that its rows
 * go with. `root` is the first.
 * @throws ReferenceCycleError where tables, other than one with itself, cascade in a circle
 */
export function tablesThatGo(references: readonly Reference[], root: string): string[] {
  const cascading = references.filter(({ onDelete }) => onDelete === 'CASCADE');
  const reached = new Set([root]);
  for (const table of reached) for (const { parent, child } of cascading) if (parent === table) reached.add(child);
  const ordered: string[] = [];
  let waiting = [...reached];
  while (waiting.length > 0) {
    const ready = waiting.filter((table) =>
      cascading.every(({ parent, child }) => child !== table || parent === table || !reached.has(parent) || ordered.includes(parent)),
    );
    if (ready.length === 0) throw new ReferenceCycleError(waiting);
    ordered.push(...ready);
    waiting = waiting.filter((table) => !ready.includes(table));
  }
  return ordered;
}

/**
 * Common table expressions, named `go0`, `go1` … in the order of `tables`, that hold the keys of the rows that go with the row of
 * `tables[0]` whose id is `:user`. To follow WITH RECURSIVE.
 */
export function rowsThatGo(references: readonly Reference[], tables: readonly string[]): string {
  const nameOf = nameIn(tables);
  return tables
    .map((table, index) => {
      const columns = keysOf(references, table);
      if (index === 0) return `${nameOf(table)} as (select ${columns.join(', ')} from ${table} where id = :user)`;
      const into = references.filter(({ onDelete, parent, child }) => onDelete === 'CASCADE' && child === table && tables.includes(parent));
      // The reference to the table itself must be the last part of a recursive expression.
      const parts = [...into.filter(({ parent }) => parent !== table), ...into.filter(({ parent }) => parent === table)];
      const selects = parts.map((reference) => {
        const list = columns.map((column) => `c.${column}`).join(', ');
        return `select ${list} from ${table} c join ${nameOf(reference.parent)} p on ${joined(reference)}`;
      });
      return `${nameOf(table)} as (${selects.join(' union ')})`;
    })
    .join(', ');
}

/** How the expressions of {@link rowsThatGo} are called. */
export function nameIn(tables: readonly string[]): (table: string) => string {
  return (table) => `go${tables.indexOf(table)}`;
}

/** Child `c` and parent `p` of a reference. */
export function joined({ columns, parentColumns }: Reference): string {
  return columns.map((column, index) => `c.${column} = p.${parentColumns[index] ?? ''}`).join(' and ');
}

/** What tells the rows of a table apart, and what others refer to them by. */
function keysOf(references: readonly Reference[], table: string): string[] {
  const own = references.find(({ child }) => child === table)?.childKey ?? [];
  const referred = references.filter(({ parent }) => parent === table).flatMap(({ parentColumns }) => parentColumns);
  return [...new Set([...own, ...referred])];
}
