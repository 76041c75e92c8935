import pg from 'pg';
import { draft } from '../draft-step.js';
import { plainStep } from '../plain-step.js';
import { shortenedTo } from '../type-change.js';
import { successorName, type SafeForm } from './safe-form.js';

const q = pg.escapeIdentifier;

/**
 * A text that may be shorter from now on: a check that every value fits is proven first. PostgreSQL itself refuses what is too long, but
 * for spaces at the end, which SQL has it cut off without a word.
 */
export const shorterText: SafeForm = (action, context) => {
  const fact = context.fact(action.about[0]);
  if (fact?.kind !== 'column' || !/ ALTER COLUMN .+ TYPE /.test(action.sql)) return undefined;
  const { key, table = null } = fact;
  const [before, after] = [context.from, context.to].map(({ facts }) => facts.get(key)?.attributes['type']);
  if (!context.isInUse(table) || typeof before !== 'string' || typeof after !== 'string') return undefined;
  const length = shortenedTo(before, after);
  if (length === undefined) return undefined;
  const column = fact.name.slice(`app.${table}.`.length);
  const check = successorName(`${table}_${column}_fits`);
  const onTable = `ALTER TABLE app.${q(table)}`;
  const change = plainStep(action, context);
  const together = change.together ?? `shorter ${key}`;
  return [
    draft(`${onTable} ADD CONSTRAINT ${q(check)} CHECK (pg_catalog.length(${q(column)}) <= ${length}) NOT VALID`, [key], { table, lock: 'ACCESS EXCLUSIVE' }),
    draft(`${onTable} VALIDATE CONSTRAINT ${q(check)}`, [key], { table, lock: 'SHARE UPDATE EXCLUSIVE' }),
    { ...change, together },
    draft(`${onTable} DROP CONSTRAINT ${q(check)}`, [key], { table, lock: 'ACCESS EXCLUSIVE', together }),
  ];
};
