import pg from 'pg';
import { draft } from '../draft-step.js';
import type { SafeForm } from './safe-form.js';

const q = pg.escapeIdentifier;

/** A column with rows that becomes an identity counts on from its highest value: from 1 its next rows would meet old ones. */
export const countingOnIdentity: SafeForm = (action, context) => {
  const fact = context.fact(action.about[0]);
  if (fact?.kind !== 'column' || !/ ALTER COLUMN .+ ADD GENERATED .+ AS IDENTITY/s.test(action.sql)) return undefined;
  const { key, table = null } = fact;
  if (!context.isInUse(table)) return undefined;
  const column = fact.name.slice(`app.${table}.`.length);
  const parts = { table, together: `identity ${key}` } as const;
  const sequence = `pg_get_serial_sequence(${pg.escapeLiteral(`app.${q(table)}`)}, ${pg.escapeLiteral(column)})`;
  return [
    draft(action.sql, [key], { ...parts, lock: action.lock }),
    draft(`SELECT setval(${sequence}, greatest(max(${q(column)}), 0) + 1, false) FROM app.${q(table)} HAVING max(${q(column)}) IS NOT NULL`, [key], {
      ...parts,
      lock: 'ACCESS SHARE',
    }),
  ];
};
