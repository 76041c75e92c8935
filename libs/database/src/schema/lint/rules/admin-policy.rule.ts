import { tenantTable } from './examples.js';
import { catalogueRule } from './rule.js';

export const adminPolicy = catalogueRule({
  id: 'admin-policy',
  title: 'Every forced table has a policy for app_admin',
  why: 'Support, exports and erasing work as app_admin. A table without its policy looks empty to them: an export that misses rows, and an erasure that leaves them.',
  mend: 'create policy admin_all on app.<table> for all to app_admin using (true) with check (true)',
  severity: 'error',
  red: { sql: 'drop policy admin_all on app.note' },
  green: { sql: tenantTable('memo') },
  check: ({ model }) =>
    model.tables
      .filter(({ forced, policies }) => forced && !policies.some(({ roles }) => roles.includes('app_admin')))
      .map(({ name }) => ({ object: `table ${name}`, table: name, says: `No policy of "${name}" is for app_admin: unrestricted work finds it empty.` })),
});
