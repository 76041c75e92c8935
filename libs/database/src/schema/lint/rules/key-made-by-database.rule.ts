import { tenantTable } from './examples.js';
import { catalogueRule } from './rule.js';

export const keyMadeByDatabase = catalogueRule({
  id: 'key-made-by-database',
  title: 'uuid keys have no default: the application makes them',
  why: 'Ids are UUIDv7, made before the insert, and PostgreSQL 15 to 17 cannot make one. gen_random_uuid() spreads new rows over the whole index, and gives the caller an id only after the round trip.',
  mend: 'Leave the default away; the repository fills in newId().',
  severity: 'error',
  red: { sql: 'alter table app.note alter column id set default gen_random_uuid()' },
  green: { sql: tenantTable('memo') },
  check: ({ model }) =>
    model.tables.flatMap(({ name: table, columns }) =>
      columns
        .filter((column) => column.type === 'uuid' && /uuid\w*\(/.test(column.default ?? ''))
        .map(({ name, default: value }) => ({
          object: `column ${table}.${name}`,
          table,
          says: `"${name}" of "${table}" is made by the database: ${value ?? ''}.`,
        })),
    ),
});
