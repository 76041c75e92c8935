import { databaseGrant } from './database-grant.js';
import { proveServerKind } from './testing/prove-kind.js';

proveServerKind(databaseGrant, [
  {
    name: 'sees temporary things and schemas that everybody or a role of ours may make, and closes them',
    breaks: ['grant temporary on database plinth to public', 'grant create on database plinth to public, app_tenant'],
    finds: [
      'database-grant.extra database-grant:PUBLIC.TEMPORARY',
      'database-grant.extra database-grant:PUBLIC.CREATE',
      'database-grant.extra database-grant:app_tenant.CREATE',
    ],
  },
  {
    name: 'sees a login that may not connect, and lets it',
    breaks: ['revoke connect on database plinth from public, app_queue'],
    finds: ['database-grant-withheld.extra database-grant-withheld:app_queue.CONNECT'],
  },
  { name: 'leaves it alone where CONNECT is closed to everybody', breaks: ['revoke connect on database plinth from public'], finds: [], byHand: [] },
]);
