import { findAll, texts } from '../sql/ast.js';
import { statementRule, type RecordedFacts } from './rule.js';
import { columnsAddedToOld } from './support/alterations.js';

/** PostgreSQL's own volatile functions that defaults are made of. */
const VOLATILE = new Set(['gen_random_uuid', 'uuidv4', 'uuidv7', 'uuid_generate_v4', 'random', 'clock_timestamp', 'timeofday', 'nextval']);

export const volatileDefault = statementRule({
  id: 'volatile-default',
  title: 'A column added to an existing table has no volatile default',
  why: 'A constant or stable default is noted once in the catalogue. A volatile one is computed for each row: the whole table is rewritten under ACCESS EXCLUSIVE.',
  mend: 'Add the column without a default, backfill in steps, then set the default.',
  severity: 'error',
  red: { sql: 'alter table app.note add column seen_at timestamptz default clock_timestamp()' },
  green: { sql: 'alter table app.note add column seen_at timestamptz default now()' },
  check: (facts) =>
    columnsAddedToOld(facts).flatMap(({ statement, table, column, constraints }) => {
      const name = constraints.filter(({ contype }) => contype === 'CONSTR_DEFAULT').flatMap(({ raw_expr }) => volatileCalls(facts, raw_expr))[0];
      return name === undefined
        ? []
        : [
            {
              statement,
              object: `column ${table}.${column.colname ?? ''}`,
              says: `The default of "${column.colname ?? ''}" calls "${name}" for every row of "${table}".`,
            },
          ];
    }),
});

function volatileCalls({ before }: RecordedFacts, expression: unknown): string[] {
  const ours = new Set(before.model.functions.filter(({ volatility }) => volatility === 'v').map(({ name }) => name));
  return findAll(expression, 'FuncCall')
    .map(({ funcname }) => texts(funcname))
    .filter((path) => (path[0] === 'app' ? ours.has(path.at(-1) ?? '') : VOLATILE.has(path.at(-1) ?? '')))
    .map((path) => path.at(-1) ?? '');
}
