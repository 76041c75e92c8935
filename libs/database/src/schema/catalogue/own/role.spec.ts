import { role } from './role.js';
import { proveServerKind } from './testing/prove-kind.js';

const QUEUE = 'role:app_queue';

proveServerKind(role, [
  {
    name: 'sees every attribute that makes a role stronger, and takes them away as an administrator',
    breaks: ['alter role app_queue superuser bypassrls createrole createdb replication inherit'],
    finds: ['superuser', 'bypassRls', 'createRole', 'createDb', 'replication', 'inherit'].map((name) => `role.${name} ${QUEUE}`),
  },
  {
    name: 'sees an entered role that may log in',
    breaks: ['alter role app_tenant login', 'alter role app_auth login'],
    finds: ['role.login role:app_tenant', 'role.login role:app_auth'],
  },
  { name: 'sees a login that may not log in', breaks: ['alter role app_queue nologin'], finds: [`role.login ${QUEUE}`] },
  {
    name: 'sees a connection limit and an end of the password',
    breaks: [`alter role app_queue connection limit 3 valid until '2020-01-01'`],
    finds: [`role.connectionLimit ${QUEUE}`, `role.validUntil ${QUEUE}`],
  },
  {
    name: 'sees that a role is gone, which only the bootstrap makes again',
    breaks: ['alter role app_auth rename to app_auth_before'],
    finds: ['role.missing role:app_auth'],
    byHand: ['alter role app_auth_before rename to app_auth'],
  },
  {
    name: 'lets the entered roles log in where the bootstrap was told of a sharded database',
    prepared: [`alter role app_login set "citus.propagate_set_commands" to 'local'`],
    breaks: ['alter role app_tenant login', 'alter role app_admin login', 'alter role app_auth login'],
    finds: ['role.login role:app_auth'],
  },
]);
