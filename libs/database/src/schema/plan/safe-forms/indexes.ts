import pg from 'pg';
import type { SchemaFact } from '../../catalogue/fact.js';
import { draft, type DraftStep } from '../draft-step.js';
import { definitionOf, successorName, type SafeForm } from './safe-form.js';

const q = pg.escapeIdentifier;
/** As pg_get_indexdef prints it, before the table's name. */
const HEAD = /^CREATE (UNIQUE )?INDEX (?:"(?:[^"]|"")+"|\S+) ON /;

/** An index on a table that is in use is built concurrently. One that replaces another serves only once it is whole. */
export const concurrentIndex: SafeForm = (action, context) => {
  const key = action.about[0];
  const fact = context.fact(key);
  if (fact?.kind !== 'index' || context.forcesRebuild()) return undefined;
  const table = fact.table ?? null;
  if (action.verb === 'drop') return context.isReplaced(key) && context.isInUse(table) ? [] : undefined;
  if (action.verb !== 'create' || !context.isInUse(table)) return undefined;
  return builtSteps(fact, table, definitionOf(context.to.facts.get(key)), context.isReplaced(key));
};

function builtSteps(fact: SchemaFact, table: string, definition: string, replaces: boolean): DraftStep[] | undefined {
  if (!HEAD.test(definition)) return undefined;
  const name = fact.name.slice('app.'.length);
  const built = replaces ? successorName(name) : name;
  const sql = definition.replace(HEAD, (_head, unique: string | undefined) => `CREATE ${unique ?? ''}INDEX CONCURRENTLY ${q(built)} ON `);
  const becoming = { phase: 'index', table, lock: 'ACCESS EXCLUSIVE', together: `swap ${fact.key}` } as const;
  return [
    draft(sql, [fact.key], { phase: 'index', table, lock: 'SHARE UPDATE EXCLUSIVE', transactional: false }),
    ...(replaces
      ? [
          draft(`DROP INDEX app.${q(name)}`, [fact.key], becoming),
          draft(`ALTER INDEX app.${q(built)} RENAME TO ${q(name)}`, [fact.key], { ...becoming, lock: 'SHARE UPDATE EXCLUSIVE' }),
        ]
      : []),
  ];
}
