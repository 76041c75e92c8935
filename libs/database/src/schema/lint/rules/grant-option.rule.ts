import { catalogueRule } from './rule.js';
import { allGrants } from './support/grants.js';

export const grantOption = catalogueRule({
  id: 'grant-option',
  title: 'No role may pass on what it was granted',
  why: 'WITH GRANT OPTION lets a runtime role open a table to others. Who may do what is then no longer what the migrations say.',
  mend: 'Leave WITH GRANT OPTION away.',
  severity: 'error',
  red: { sql: 'grant select on app.note to app_queue with grant option' },
  green: { sql: 'grant select on app.note to app_queue' },
  check: (schema) =>
    allGrants(schema)
      .filter(({ grant }) => grant.grantable)
      .map(({ object, table, grant }) => ({
        object,
        ...(table === undefined ? {} : { table }),
        says: `"${grant.role}" may pass on ${grant.privilege} on ${object}.`,
      })),
});
