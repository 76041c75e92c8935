import { escapeIdentifier } from 'pg';
import { SCHEMA } from '../../../migrations/journal.js';
import { keyOf, memberOf } from './keys.js';
import type { OwnFactKind, RepairStatement } from './own-fact-kind.js';
import { alterTable, whenChanged, type Changed } from './repair.js';

interface Row {
  readonly table: string;
  readonly constraint: string;
  readonly triggers: string[];
}

const READ = `
  select t.relname as "table", con.conname as "constraint",
    array_agg(distinct format('%s %s on %s', f.proname,
      case g.tgenabled when 'D' then 'disabled' when 'R' then 'only on replicas' else 'always' end, r.relname)) as triggers
  from pg_catalog.pg_trigger g
  join pg_catalog.pg_constraint con on con.oid = g.tgconstraint
  join pg_catalog.pg_class t on t.oid = con.conrelid
  join pg_catalog.pg_namespace n on n.oid = t.relnamespace
  join pg_catalog.pg_class r on r.oid = g.tgrelid
  join pg_catalog.pg_proc f on f.oid = g.tgfoid
  where n.nspname = $1 and g.tgisinternal and g.tgenabled <> 'O'
  group by 1, 2`;

/**
 * Whether the internal triggers that enforce a key are switched: `ALTER TABLE … DISABLE TRIGGER ALL` leaves a foreign key that looks
 * valid and checks nothing. Facts only of keys with a switched trigger.
 */
export const keyEnforcement: OwnFactKind = {
  name: 'key-enforcement',
  read: async (client) => {
    const { rows } = await client.query<Row>(READ, [SCHEMA]);
    return rows.map(({ table, constraint, triggers }) => ({
      key: keyOf('constraint', SCHEMA, table, constraint),
      kind: 'constraint',
      name: `${SCHEMA}.${table}.${constraint}`,
      table,
      parent: keyOf('table', SCHEMA, table),
      attributes: { switchedTriggers: triggers },
    }));
  },
  repairs: {
    // Enabling them takes a superuser, and would leave the rows unchecked that came meanwhile.
    'constraint.switchedTriggers': whenChanged((difference) =>
      difference.fact.attributes['type'] === 'u' || difference.fact.attributes['type'] === 'x'
        ? [{ ...alterTable(difference, 'ENABLE TRIGGER ALL', 'SHARE ROW EXCLUSIVE'), as: 'administrator' }]
        : makeAgain(difference),
    ),
  },
  findings: {
    'constraint.switchedTriggers': {
      code: 'KEY_NOT_ENFORCED',
      driftClass: 'data',
      severity: 'error',
      explain:
        'The triggers that enforce this key are switched off. It looks valid and checks nothing: rows can point at nothing, or at a row of another tenant.',
    },
  },
};

/**
 * Drops a constraint and adds it again without looking at the rows, then checks them, which fails at a row that breaks it. Works on the
 * definition that the comparing library read (`def`); none without one.
 */
export function makeAgain(difference: Changed): readonly RepairStatement[] {
  const definition = difference.fact.attributes['def'];
  if (typeof definition !== 'string') return [];
  const name = escapeIdentifier(memberOf(difference.fact));
  const bare = definition.replace(/( NOT VALID| NOT ENFORCED)+$/, '');
  return [
    alterTable(difference, `DROP CONSTRAINT ${name}, ADD CONSTRAINT ${name} ${bare} NOT VALID`, 'ACCESS EXCLUSIVE'),
    alterTable(difference, `VALIDATE CONSTRAINT ${name}`, 'SHARE UPDATE EXCLUSIVE'),
  ];
}
