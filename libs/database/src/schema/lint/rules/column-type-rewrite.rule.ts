import type { TypeName } from 'libpg-query';
import { as, texts } from '../sql/ast.js';
import { statementRule } from './rule.js';
import { alterationsOfOld } from './support/alterations.js';

export const columnTypeRewrite = statementRule({
  id: 'column-type-rewrite',
  title: 'A column of an existing table only gets a wider type of the same kind',
  why: 'Any other change of type rewrites the table and its indexes under ACCESS EXCLUSIVE: nobody reads it until it is done. Longer varchar, varchar to text and more digits of numeric change the catalogue only.',
  mend: 'Add a column of the new type, write both, backfill, switch over, drop the old one: three releases.',
  severity: 'error',
  red: { sql: 'alter table app.note alter column title type varchar(50)' },
  green: { sql: 'alter table app.note alter column title type varchar(1024)' },
  check: (facts) =>
    alterationsOfOld(facts)
      .filter(({ command }) => command.subtype === 'AT_AlterColumnType')
      .flatMap(({ statement, table, command }) => {
        const column = facts.before.model.tables.find(({ name }) => name === table)?.columns.find(({ name }) => name === command.name);
        const wanted = as(command.def, 'ColumnDef')?.typeName;
        if (column === undefined || wanted === undefined || onlyWidens(column.type, wanted)) return [];
        return [
          {
            statement,
            object: `column ${table}.${column.name}`,
            says: `"${column.name}" of "${table}" is ${column.type}; this rewrites the table, or reads all of it.`,
          },
        ];
      }),
});

/** Changes that PostgreSQL makes without touching a row (its documentation of ALTER TABLE, and tried on 15 to 18). */
function onlyWidens(from: string, to: TypeName): boolean {
  const name = texts(to.names).at(-1) ?? '';
  const [size, scale = 0] = (to.typmods ?? []).map((typmod) => as(typmod, 'A_Const')?.ival?.ival ?? 0);
  const varchar = /^character varying(?:\((\d+)\))?$/.exec(from);
  if (varchar !== null || from === 'text') {
    if (name === 'text' || (name === 'varchar' && size === undefined)) return true;
    return name === 'varchar' && size !== undefined && varchar?.[1] !== undefined && size >= Number(varchar[1]);
  }
  const numeric = /^numeric\((\d+),(\d+)\)$/.exec(from);
  if (numeric === null || name !== 'numeric') return false;
  return size === undefined || (size >= Number(numeric[1]) && scale === Number(numeric[2]));
}
