import { tenantTable } from './examples.js';
import { catalogueRule } from './rule.js';

export const orgIdColumn = catalogueRule({
  id: 'org-id-column',
  title: 'org_id of a class T table is uuid not null default app.current_org_id()',
  why: 'A row without an organization belongs to nobody: no policy shows it, nothing exports or erases it. With the default the entered organization fills it in, so that code never passes one and cannot pass the wrong one.',
  mend: 'org_id uuid not null default app.current_org_id()',
  severity: 'error',
  red: { sql: 'alter table app.note alter column org_id drop default' },
  green: { sql: tenantTable('memo') },
  check: ({ tenantTables }) =>
    tenantTables.flatMap(({ name: table, columns }) => {
      const column = columns.find(({ name }) => name === 'org_id');
      if (column?.type === 'uuid' && column.required && column.default === 'app.current_org_id()') return [];
      const is =
        column === undefined ? 'missing' : `${column.type}${column.required ? ' not null' : ''}${column.default === null ? '' : ` default ${column.default}`}`;
      return [{ object: `column ${table}.org_id`, table, says: `"org_id" of "${table}" is ${is}.` }];
    }),
});
