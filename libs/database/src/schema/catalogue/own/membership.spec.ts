import { membership } from './membership.js';
import { proveServerKind } from './testing/prove-kind.js';

proveServerKind(membership, [
  {
    name: 'sees members beyond the table, from and to other roles, and takes them out',
    prepared: ['create role somebody login', 'create role group_of_theirs'],
    breaks: [
      'grant app_admin to app_login',
      'grant app_tenant to somebody',
      'grant pg_read_all_data to app_queue',
      'grant group_of_theirs to app_tenant with admin option',
    ],
    finds: ['app_admin.app_login', 'app_tenant.somebody', 'pg_read_all_data.app_queue', 'group_of_theirs.app_tenant'].map(
      (pair) => `membership.extra membership:${pair}`,
    ),
  },
  {
    name: 'sees a membership that is gone, and grants it',
    breaks: ['revoke app_auth from app_privileged'],
    finds: ['membership.missing membership:app_auth.app_privileged'],
  },
  {
    name: 'sees the right to make others members, and takes it back',
    breaks: ['grant app_tenant to app_login with admin option'],
    finds: ['membership.admin membership:app_tenant.app_login'],
  },
  {
    name: 'sees rights that are inherited, and takes that back',
    since: 16,
    breaks: ['grant app_tenant to app_login with inherit true'],
    finds: ['membership.inherit membership:app_tenant.app_login'],
  },
  {
    name: 'sees a member that cannot become the role, and lets it',
    since: 16,
    breaks: ['grant app_tenant to app_login with set false'],
    finds: ['membership.set membership:app_tenant.app_login'],
  },
]);
