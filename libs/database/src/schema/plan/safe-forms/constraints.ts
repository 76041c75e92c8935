import pg from 'pg';
import type { SchemaFact } from '../../catalogue/fact.js';
import { draft, type DraftStep } from '../draft-step.js';
import { definitionOf, successorName, type SafeForm } from './safe-form.js';

const q = pg.escapeIdentifier;

/**
 * A check or foreign key on a table that is in use: added NOT VALID, which reads no row, then validated under a lock that lets reads
 * and writes go on. One that replaces another is proven under a name of its own first, so that there is no moment without any.
 */
export const checkedConstraint: SafeForm = (action, context) => {
  const key = action.about[0];
  const fact = context.fact(key);
  if (fact?.kind !== 'constraint' || !isChecked(fact) || context.forcesRebuild()) return undefined;
  if (action.verb === 'drop') return context.isReplaced(key) ? [] : undefined;
  if (action.verb !== 'create' || fact.attributes['validated'] === false || !context.isInUse(fact.table ?? null)) return undefined;
  const definition = definitionOf(context.to.facts.get(key));
  if (isOnlyUnproven(context.from.facts.get(key), definition)) return [validation(fact, constraintName(fact))];
  return provenSteps(fact, definition, context.isReplaced(key));
};

/** Whether the one that is there says the same, and lacks the proof alone. */
function isOnlyUnproven(there: SchemaFact | undefined, definition: string): boolean {
  if (there?.attributes['validated'] !== false || there.attributes['enforced'] === false) return false;
  return definitionOf(there).replace(/ NOT VALID$/, '') === definition;
}

function isChecked({ attributes }: SchemaFact): boolean {
  return attributes['type'] === 'c' || attributes['type'] === 'f';
}

function provenSteps(fact: SchemaFact, definition: string, replaces: boolean): DraftStep[] {
  const table = fact.table ?? '';
  const name = constraintName(fact);
  const built = replaces ? successorName(name) : name;
  const parts = { phase: 'constraint', table } as const;
  const adding = fact.attributes['type'] === 'f' ? 'SHARE ROW EXCLUSIVE' : 'ACCESS EXCLUSIVE';
  const onTable = `ALTER TABLE app.${q(table)}`;
  return [
    draft(`${onTable} ADD CONSTRAINT ${q(built)} ${definition} NOT VALID`, [fact.key], { ...parts, lock: adding }),
    validation(fact, built),
    ...(replaces ? swap(onTable, name, built, fact.key, table) : []),
  ];
}

function validation(fact: SchemaFact, name: string): DraftStep {
  const table = fact.table ?? '';
  const sql = `ALTER TABLE app.${q(table)} VALIDATE CONSTRAINT ${q(name)}`;
  return draft(sql, [fact.key], { phase: 'constraint', table, lock: 'SHARE UPDATE EXCLUSIVE' });
}

function swap(onTable: string, name: string, built: string, key: string, table: string): DraftStep[] {
  const parts = { phase: 'constraint', table, lock: 'ACCESS EXCLUSIVE', together: `swap ${key}` } as const;
  return [draft(`${onTable} DROP CONSTRAINT ${q(name)}`, [key], parts), draft(`${onTable} RENAME CONSTRAINT ${q(built)} TO ${q(name)}`, [key], parts)];
}

/** The last part of `app.table.name`, which may hold dots itself. */
export function constraintName(fact: SchemaFact): string {
  return fact.name.slice(`app.${fact.table ?? ''}.`.length);
}
