import pg from 'pg';
import type { FactValue } from '../catalogue/fact.js';
import { memberOf, tableOf } from '../catalogue/own/keys.js';
import type { RepairStatement } from '../catalogue/own/own-fact-kind.js';
import type { Difference } from '../compare/difference.js';

const q = pg.escapeIdentifier;

type Changed = Extract<Difference, { verb: 'changed' }>;

/** By `kind.attribute`: what the library would drop and make again, or cannot plan, and PostgreSQL alters in place. */
export const UNPLANNED: Readonly<Record<string, (difference: Changed) => readonly RepairStatement[]>> = {
  'column.collation': ({ fact, expected }) => [
    {
      sql: `ALTER TABLE ${tableOf(fact)} ALTER COLUMN ${q(memberOf(fact))} TYPE ${typeOf(fact)} COLLATE ${typeof expected === 'string' ? expected : 'pg_catalog."default"'}`,
      lock: 'ACCESS EXCLUSIVE',
    },
  ],
  'column.generatedExpr': ({ fact, found, expected }) =>
    expected === null && found.attributes['generated'] === 'STORED'
      ? [{ sql: `ALTER TABLE ${tableOf(fact)} ALTER COLUMN ${q(memberOf(fact))} DROP EXPRESSION`, lock: 'ACCESS EXCLUSIVE' }]
      : [],
  'table.parentTable': ({ fact, expected, actual }) => [
    ...parents(actual).map((parent) => inherits(`ALTER TABLE ${tableOf(fact)} NO INHERIT ${parent}`)),
    ...parents(expected).map((parent) => inherits(`ALTER TABLE ${tableOf(fact)} INHERIT ${parent}`)),
  ],
};

function typeOf({ attributes }: Changed['fact']): string {
  return typeof attributes['type'] === 'string' ? attributes['type'] : '';
}

function inherits(sql: string): RepairStatement {
  return { sql, lock: 'ACCESS EXCLUSIVE' };
}

/** The one parent that the library reads, or none. */
function parents(value: FactValue): string[] {
  if (typeof value !== 'object' || value === null || !('schema' in value) || !('name' in value)) return [];
  const { schema, name } = value;
  return typeof schema === 'string' && typeof name === 'string' ? [`${q(schema)}.${q(name)}`] : [];
}
