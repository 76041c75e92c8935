import { GIVEN, tenantTable } from './examples.js';
import { catalogueRule } from './rule.js';

export const rowSecurityEnabled = catalogueRule({
  id: 'row-security-enabled',
  title: 'Every table of the schema has row level security enabled',
  why: 'Policies are inert until it is: with the grant alone, one query that forgets its `where` shows a tenant the rows of all others.',
  mend: 'In the migration that makes the table: alter table app.<table> enable row level security, and force it.',
  severity: 'error',
  red: { given: GIVEN, sql: 'alter table app.note disable row level security' },
  green: { given: GIVEN, sql: tenantTable('memo') },
  check: ({ model }) =>
    model.tables
      .filter(({ rowSecurity }) => !rowSecurity)
      .map(({ name }) => ({ object: `table ${name}`, table: name, says: `Row level security of "${name}" is not enabled: its policies do nothing.` })),
});
