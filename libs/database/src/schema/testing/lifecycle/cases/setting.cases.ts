import type { DriftCases } from '../drift-case.js';

/** A statement about this database, whatever its name. */
const database = (statement: string): string => `do $do$ begin execute format($fmt$${statement}$fmt$, current_database()); end $do$`;

/** Settings and rights of one database: they end with it. */
export const DATABASE_CASES: DriftCases = {
  kind: 'database',
  cases: [
    {
      name: 'another search path for everybody',
      breaks: [database('alter database %I set search_path = public, app')],
      finds: { key: 'setting:ALL."this database".search_path', driftClass: 'security', words: [/search_path/] },
      repair: 'administrator',
    },
    {
      name: 'row security that answers errors instead of fewer rows',
      breaks: [database('alter database %I set row_security = off')],
      finds: { key: 'setting:ALL."this database".row_security', driftClass: 'security', words: [/row_security/] },
      repair: 'administrator',
    },
    {
      name: 'transactions that only read',
      breaks: [database('alter database %I set default_transaction_read_only = on')],
      finds: { key: 'setting:ALL."this database".default_transaction_read_only', driftClass: 'data', words: [/default_transaction_read_only/] },
      repair: 'administrator',
    },
    {
      name: 'another memory for everybody',
      breaks: [database(`alter database %I set work_mem = '1GB'`)],
      finds: { key: 'setting:ALL."this database".work_mem', driftClass: 'extra', words: [/work_mem/] },
      repair: 'administrator',
    },
    {
      name: 'a setting of one role in this database',
      by: 'admin',
      breaks: [database('alter role app_login in database %I set search_path = public')],
      finds: { key: 'setting:app_login."this database".search_path', driftClass: 'security', words: [/search_path/] },
      repair: 'administrator',
    },
    {
      name: 'temporary tables for everybody',
      breaks: [database('grant temporary on database %I to public')],
      finds: { key: 'database-grant:PUBLIC.TEMPORARY', driftClass: 'security', words: [/TEMP/i] },
      repair: 'administrator',
    },
    {
      name: 'new schemas by a login',
      breaks: [database('grant create on database %I to app_login')],
      finds: { key: 'database-grant:app_login.CREATE', driftClass: 'security', words: [/CREATE/] },
      repair: 'administrator',
    },
    {
      name: 'the way to choose an organization open to everybody',
      by: 'admin',
      breaks: ['grant execute on function pg_catalog.set_config(text, text, boolean) to public'],
      finds: { key: 'opened-function:"pg_catalog.set_config(text, text, boolean)".PUBLIC', driftClass: 'security', words: [/set_config/] },
      repair: 'administrator',
    },
  ],
};
