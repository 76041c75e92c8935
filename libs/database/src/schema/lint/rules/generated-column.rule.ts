import { tenantTable } from './examples.js';
import { catalogueRule } from './rule.js';

export const generatedColumn = catalogueRule({
  id: 'generated-column',
  title: 'No GENERATED columns: the row’s own trigger computes',
  why: 'TypeORM 1.1 keeps their expressions in a table of its own by the database’s name, so that every cloned database shows a difference that is none. PostgreSQL 18 makes them VIRTUAL by default and 15 to 17 cannot: the same migration would make two schemas.',
  mend: 'A plain column, set by a BEFORE INSERT OR UPDATE trigger on the same row.',
  severity: 'error',
  red: { sql: tenantTable('memo', 'size integer generated always as (char_length(title)) stored,') },
  green: { sql: tenantTable('memo', 'size integer,') },
  check: ({ model }) =>
    model.tables.flatMap(({ name: table, columns }) =>
      columns
        .filter(({ generated }) => generated !== '')
        .map(({ name }) => ({ object: `column ${table}.${name}`, table, says: `"${name}" of "${table}" is a GENERATED column.` })),
    ),
});
