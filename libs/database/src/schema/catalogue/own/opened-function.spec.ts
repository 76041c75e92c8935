import { openedFunction } from './opened-function.js';
import { proveKind } from './testing/prove-kind.js';

const SET_CONFIG = '"pg_catalog.set_config(text, text, boolean)"';

proveKind(openedFunction, [
  {
    name: 'sees that set_config is open again, to everybody or to a role of ours, and closes it',
    breaks: ['grant execute on function pg_catalog.set_config to public, app_tenant'],
    finds: [`opened-function.extra opened-function:${SET_CONFIG}.PUBLIC`, `opened-function.extra opened-function:${SET_CONFIG}.app_tenant`],
  },
  {
    name: 'sees a large object function and an advisory lock that are open again',
    breaks: ['grant execute on function pg_catalog.lo_get(oid) to app_tenant', 'grant execute on function pg_catalog.pg_advisory_lock(bigint) to public'],
    finds: [
      'opened-function.extra opened-function:"pg_catalog.lo_get(oid)".app_tenant',
      'opened-function.extra opened-function:"pg_catalog.pg_advisory_lock(bigint)".PUBLIC',
    ],
  },
  {
    name: 'sees a function withheld from who needs it, and gives it back',
    breaks: [
      'revoke execute on function pg_catalog.set_config from app_owner',
      'revoke execute on function pg_catalog.pg_try_advisory_lock(bigint) from app_queue',
    ],
    finds: [
      `withheld-function.extra withheld-function:${SET_CONFIG}.app_owner`,
      'withheld-function.extra withheld-function:"pg_catalog.pg_try_advisory_lock(bigint)".app_queue',
    ],
  },
]);
