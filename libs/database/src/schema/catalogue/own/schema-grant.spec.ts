import { schemaGrant } from './schema-grant.js';
import { proveKind } from './testing/prove-kind.js';

proveKind(schemaGrant, [
  {
    name: 'sees schemas beside ours in which everybody or a role of ours may make things, and closes them',
    prepared: ['create schema own_beside'],
    breaks: ['grant create on schema public to public', 'grant usage, create on schema own_beside to app_tenant, app_owner'],
    finds: ['schema-grant.extra schema-grant:public.PUBLIC', 'schema-grant.extra schema-grant:own_beside.app_tenant'],
  },
]);
