import { foreignDefaultPrivilege } from './foreign-default-privilege.js';
import { proveKind } from './testing/prove-kind.js';

proveKind(foreignDefaultPrivilege, [
  {
    name: 'sees default privileges of other roles in the schema, and not those of the owner',
    breaks: [
      'alter default privileges for role app_auth in schema app grant select on tables to app_tenant',
      'alter default privileges for role app_auth in schema app grant execute on functions to public',
      'alter default privileges for role app_owner in schema app grant select on tables to app_admin',
    ],
    finds: [
      'foreign-default-privilege.extra foreign-default-privilege:app_auth.TABLES.app_tenant',
      'foreign-default-privilege.extra foreign-default-privilege:app_auth.FUNCTIONS.PUBLIC',
    ],
  },
]);
