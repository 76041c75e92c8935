import pg from 'pg';
import { draft } from '../draft-step.js';
import { successorName, type SafeForm } from './safe-form.js';

const q = pg.escapeIdentifier;

/**
 * NOT NULL on a column that is in use: proven by a check that is validated under a weak lock, which PostgreSQL then takes as proof, so
 * that SET NOT NULL need not read the table under its strong one.
 */
export const provenNotNull: SafeForm = (action, context) => {
  const fact = context.fact(action.about[0]);
  if (fact?.kind !== 'column' || action.verb !== 'alter' || !/ SET NOT NULL$/.test(action.sql)) return undefined;
  const { key, table = null } = fact;
  if (!context.isInUse(table)) return undefined;
  const column = fact.name.slice(`app.${table}.`.length);
  const check = successorName(`${table}_${column}_not_null`);
  const onTable = `ALTER TABLE app.${q(table)}`;
  const parts = { phase: 'not-null', table } as const;
  const together = `not null ${key}`;
  return [
    draft(`${onTable} ADD CONSTRAINT ${q(check)} CHECK (${q(column)} IS NOT NULL) NOT VALID`, [key], { ...parts, lock: 'ACCESS EXCLUSIVE' }),
    draft(`${onTable} VALIDATE CONSTRAINT ${q(check)}`, [key], { ...parts, lock: 'SHARE UPDATE EXCLUSIVE' }),
    draft(`${onTable} ALTER COLUMN ${q(column)} SET NOT NULL`, [key], { ...parts, lock: 'ACCESS EXCLUSIVE', together }),
    draft(`${onTable} DROP CONSTRAINT ${q(check)}`, [key], { ...parts, lock: 'ACCESS EXCLUSIVE', together }),
  ];
};
