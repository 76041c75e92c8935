import { tenantTable } from './examples.js';
import { catalogueRule } from './rule.js';

export const rowSecurityForced = catalogueRule({
  id: 'row-security-forced',
  title: 'Row level security is forced: it binds the owner too',
  why: 'Without FORCE the owner passes by every policy, and with it every function that works with the owner’s rights: one SECURITY DEFINER function that forgets its organization reads them all.',
  mend: 'alter table app.<table> force row level security, in the transaction that enables it.',
  severity: 'error',
  red: { sql: 'alter table app.note no force row level security' },
  green: { sql: tenantTable('memo') },
  check: ({ model }) =>
    model.tables
      .filter(({ rowSecurity, forced }) => rowSecurity && !forced)
      .map(({ name }) => ({ object: `table ${name}`, table: name, says: `Row level security of "${name}" is not forced: its owner passes by it.` })),
});
