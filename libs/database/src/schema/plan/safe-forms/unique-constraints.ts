import pg from 'pg';
import type { SchemaFact } from '../../catalogue/fact.js';
import { draft, type DraftStep } from '../draft-step.js';
import { constraintName } from './constraints.js';
import { definitionOf, successorName, type SafeForm } from './safe-form.js';

const q = pg.escapeIdentifier;
/** As pg_get_constraintdef prints it. */
const DEFINITION = /^(UNIQUE|PRIMARY KEY)( NULLS NOT DISTINCT)? (\(.+?\))( INCLUDE \(.+?\))?( DEFERRABLE.*)?$/s;

/**
 * A primary or unique key on a table that is in use: its index is built concurrently, and then becomes the constraint, which takes a
 * moment. One that replaces another waits until its successor stands.
 */
export const uniqueConstraint: SafeForm = (action, context) => {
  const key = action.about[0];
  const fact = context.fact(key);
  if (fact?.kind !== 'constraint' || !isUnique(fact) || context.forcesRebuild()) return undefined;
  if (action.verb === 'drop') return context.isReplaced(key) && context.isInUse(fact.table ?? null) ? [] : undefined;
  if (action.verb !== 'create' || !context.isInUse(fact.table ?? null)) return undefined;
  return builtSteps(fact, definitionOf(context.to.facts.get(key)), context.isReplaced(key));
};

function isUnique({ attributes }: SchemaFact): boolean {
  return attributes['type'] === 'u' || attributes['type'] === 'p';
}

function builtSteps(fact: SchemaFact, definition: string, replaces: boolean): DraftStep[] | undefined {
  const match = DEFINITION.exec(definition);
  if (match === null) return undefined;
  const [, kind = '', nulls = '', columns = '', include = '', deferrable = ''] = match;
  const table = fact.table ?? '';
  const name = constraintName(fact);
  const index = replaces ? successorName(name) : name;
  const onTable = `ALTER TABLE app.${q(table)}`;
  const becoming = { phase: 'index', table, lock: 'ACCESS EXCLUSIVE', together: `swap ${fact.key}` } as const;
  return [
    draft(`CREATE UNIQUE INDEX CONCURRENTLY ${q(index)} ON app.${q(table)} ${columns}${include}${nulls}`, [fact.key], {
      phase: 'index',
      table,
      lock: 'SHARE UPDATE EXCLUSIVE',
      transactional: false,
    }),
    ...(replaces ? [draft(`${onTable} DROP CONSTRAINT ${q(name)}`, [fact.key], becoming)] : []),
    draft(`${onTable} ADD CONSTRAINT ${q(name)} ${kind} USING INDEX ${q(index)}${deferrable}`, [fact.key], becoming),
  ];
}
