import { escapeIdentifier } from 'pg';
import { SCHEMA } from '../../../migrations/journal.js';
import { makeAgain } from './key-enforcement.js';
import { keyOf, memberOf } from './keys.js';
import type { OwnFactKind } from './own-fact-kind.js';
import { alterTable, whenChanged } from './repair.js';

const READ = `
  select t.relname as "table", con.conname as "constraint", con.conenforced as enforced
  from pg_catalog.pg_class t
  join pg_catalog.pg_namespace n on n.oid = t.relnamespace
  join pg_catalog.pg_constraint con on con.conrelid = t.oid and con.contype in ('c', 'f') and con.conislocal
  where n.nspname = $1 and t.relkind in ('r', 'p')`;

/** From this version on a check or foreign key can be NOT ENFORCED. */
const SINCE = 18;

/** Checks and foreign keys that are there and refuse nothing: NOT ENFORCED. */
export const constraintEnforced: OwnFactKind = {
  name: 'constraint-enforced',
  read: async (client, { major }) => {
    if (major < SINCE) return [];
    const { rows } = await client.query<{ table: string; constraint: string; enforced: boolean }>(READ, [SCHEMA]);
    return rows.map(({ table, constraint, enforced }) => ({
      key: keyOf('constraint', SCHEMA, table, constraint),
      kind: 'constraint',
      name: `${SCHEMA}.${table}.${constraint}`,
      table,
      parent: keyOf('table', SCHEMA, table),
      attributes: { enforced },
    }));
  },
  repairs: {
    'constraint.enforced': whenChanged((difference) => {
      if (difference.expected === true) return makeAgain(difference);
      const name = escapeIdentifier(memberOf(difference.fact));
      return [alterTable(difference, `ALTER CONSTRAINT ${name} NOT ENFORCED`, 'ACCESS EXCLUSIVE')];
    }),
  },
  findings: {
    'constraint.enforced': {
      code: 'CONSTRAINT_NOT_ENFORCED',
      driftClass: 'data',
      severity: 'error',
      explain: 'Whether the constraint is enforced differs: NOT ENFORCED, it is written down and refuses nothing, and rows that break it may be there.',
    },
  },
};
