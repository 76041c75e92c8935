import { tenantTable } from './examples.js';
import { catalogueRule } from './rule.js';

const RUNTIME = new Set(['app_tenant', 'app_auth', 'app_admin', 'app_queue', 'app_login', 'app_privileged', 'public']);

export const orgIdUpdatable = catalogueRule({
  id: 'org-id-updatable',
  title: 'No role may UPDATE org_id',
  why: 'A row never changes its organization: references, unique keys and shards are by it, and Citus refuses to move a row. UPDATE granted on the whole table holds org_id too.',
  mend: 'grant update (<columns>), which never names org_id',
  severity: 'error',
  red: { sql: 'grant update on app.note to app_tenant' },
  green: { sql: `${tenantTable('memo')};\ngrant update (title) on app.memo to app_queue` },
  check: ({ tenantTables }) =>
    tenantTables.flatMap(({ name: table, grants }) =>
      grants
        .filter(({ role, privilege, column }) => RUNTIME.has(role) && privilege === 'UPDATE' && (column === null || column === 'org_id'))
        .map(({ role }) => ({ object: `table ${table}`, table, says: `"${role}" may update org_id of "${table}".` })),
    ),
});
