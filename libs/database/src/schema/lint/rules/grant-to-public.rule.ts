import { catalogueRule } from './rule.js';
import { allGrants } from './support/grants.js';

export const grantToPublic = catalogueRule({
  id: 'grant-to-public',
  title: 'Nothing is granted to PUBLIC',
  why: 'PUBLIC is every role, also app_login before it has entered an organization and roles that do not exist yet. No revoke from a single role takes it back.',
  mend: 'Grant to the role that needs it: app_tenant, app_auth, app_admin or app_queue.',
  severity: 'error',
  red: { sql: 'grant select on app.note to public' },
  green: { sql: 'grant select on app.note to app_queue' },
  check: (schema) =>
    allGrants(schema)
      .filter(({ grant }) => grant.role === 'public')
      .map(({ object, table, grant }) => ({
        object,
        ...(table === undefined ? {} : { table }),
        says: `${grant.privilege} on ${object} is granted to PUBLIC.`,
      })),
});
