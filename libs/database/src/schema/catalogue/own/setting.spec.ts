import { setting } from './setting.js';
import { proveServerKind } from './testing/prove-kind.js';

proveServerKind(setting, [
  {
    name: 'sees another search path of a login, and one that is gone',
    breaks: ['alter role app_login set search_path to public, app', 'alter role app_queue reset search_path'],
    finds: ['setting.value setting:app_login."every database".search_path', 'setting.missing setting:app_queue."every database".search_path'],
  },
  {
    name: 'sees a setting that a login made for itself',
    by: 'owner',
    breaks: ['alter role app_owner set row_security to off'],
    finds: ['setting.extra setting:app_owner."every database".row_security'],
  },
  {
    name: 'sees settings of a role in this database, of the database, and of everybody',
    breaks: [
      `alter role app_tenant in database plinth set "app.current_org_id" to 'x'`,
      'alter database plinth set session_replication_role to replica',
      `alter role all set statement_timeout to '5min'`,
    ],
    finds: [
      'setting.extra setting:app_tenant."this database"."app.current_org_id"',
      'setting.extra setting:ALL."this database".session_replication_role',
      'setting.extra setting:ALL."every database".statement_timeout',
    ],
  },
  {
    name: 'leaves what a sharded database needs alone, and settings of other roles and databases',
    prepared: ['create role somebody'],
    breaks: [
      `alter role app_login set "citus.propagate_set_commands" to 'local'`,
      `alter role somebody set work_mem to '8MB'`,
      `alter role app_login in database postgres set work_mem to '8MB'`,
    ],
    finds: [],
    byHand: [],
  },
]);
