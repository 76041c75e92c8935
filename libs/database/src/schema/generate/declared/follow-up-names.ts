import { escapeIdentifier } from 'pg';
import type { FactMap, SchemaFact } from '../../catalogue/fact.js';
import { declared, type DeclaredStep } from './declared-step.js';
import { ownName, textOf } from './keys.js';

/**
 * Constraints, indexes and sequences carry the names of tables and columns. After a rename of those, what is still called by the old
 * name and is otherwise what the entities declare under a new one is renamed as well, so that nothing is built anew.
 * @param migrations as it is after the renames
 */
export function followUpRenames(migrations: FactMap, entities: FactMap): DeclaredStep[] {
  const fresh = new Set([...entities.values()].filter(({ key }) => !migrations.has(key)));
  const gone = [...migrations.values()].filter(({ key }) => !entities.has(key));
  return gone.flatMap((fact) => {
    const statement = STATEMENTS[fact.kind];
    const successor = statement === undefined ? undefined : [...fresh].find((candidate) => isSame(fact, candidate));
    if (statement === undefined || successor === undefined) return [];
    fresh.delete(successor);
    const table = fact.table ?? '';
    const [before, after] = [ownName(fact), ownName(successor)];
    return [declared(statement(table, before, after), table, [statement(table, after, before)])];
  });
}

const q = escapeIdentifier;

const STATEMENTS: Readonly<Record<string, (table: string, from: string, to: string) => string>> = {
  constraint: (table, from, to) => `ALTER TABLE app.${q(table)} RENAME CONSTRAINT ${q(from)} TO ${q(to)}`,
  index: (_table, from, to) => `ALTER INDEX app.${q(from)} RENAME TO ${q(to)}`,
};

function isSame(fact: SchemaFact, candidate: SchemaFact): boolean {
  return fact.kind === candidate.kind && fact.table === candidate.table && definitionOf(fact) === definitionOf(candidate);
}

/** What it is apart from its own name. */
function definitionOf(fact: SchemaFact): string {
  const name = ownName(fact);
  const def = textOf(fact, 'def')
    .replace(` INDEX ${name} ON `, ' INDEX ON ')
    .replace(` INDEX ${q(name)} ON `, ' INDEX ON ');
  return JSON.stringify({ ...fact.attributes, def });
}
