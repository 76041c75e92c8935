import { tenantTable } from './examples.js';
import { catalogueRule } from './rule.js';

export const auditColumns = catalogueRule({
  id: 'audit-columns',
  title: 'Every table has created_at and updated_at, timestamptz not null default now()',
  why: 'Exports, retention and support look for them on every table. A column of another type or without a default is one that somebody has to remember.',
  mend: 'created_at timestamptz not null default now(), updated_at timestamptz not null default now()',
  severity: 'error',
  red: { sql: 'alter table app.note alter column created_at drop default' },
  green: { sql: tenantTable('memo') },
  check: ({ model }) =>
    model.tables.flatMap(({ name: table, columns }) =>
      ['created_at', 'updated_at']
        .filter(
          (name) =>
            !columns.some((column) => column.name === name && column.type === 'timestamp with time zone' && column.required && column.default === 'now()'),
        )
        .map((name) => ({ object: `column ${table}.${name}`, table, says: `"${name}" of "${table}" is not timestamptz not null default now().` })),
    ),
});
