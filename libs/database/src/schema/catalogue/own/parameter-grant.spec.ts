import { parameterGrant } from './parameter-grant.js';
import { proveServerKind } from './testing/prove-kind.js';

proveServerKind(parameterGrant, [
  {
    name: 'sees settings of superusers that our roles or everybody may set, and takes the grants back',
    prepared: ['create role somebody'],
    breaks: [
      'grant set on parameter session_replication_role to app_tenant',
      'grant set, alter system on parameter lo_compat_privileges to public',
      'grant set on parameter log_statement to somebody',
    ],
    finds: [
      'parameter-grant.extra parameter-grant:session_replication_role.SET.app_tenant',
      'parameter-grant.extra parameter-grant:lo_compat_privileges.SET.PUBLIC',
      'parameter-grant.extra parameter-grant:lo_compat_privileges."ALTER SYSTEM".PUBLIC',
    ],
  },
]);
