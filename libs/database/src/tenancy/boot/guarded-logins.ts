import { ROLE_TABLE, type EnteredRoleName, type LoginName } from '../../roles/role-table.js';

/** The connections a service opens at run time; each has a login of its own. */
export type GuardedLogin = 'login' | 'privileged' | 'queue';

export interface GuardedRow {
  /** The variable that holds this login's URL. */
  readonly variable: string;
  /** The role of the table whose row this login may not exceed (its own name may be another). */
  readonly role: LoginName;
  readonly mayBecome: readonly EnteredRoleName[];
  /** Tables of schema `app` it may touch without entering anything. */
  readonly ownTables: readonly string[];
}

function guarded(variable: string, role: LoginName, ownTables: readonly string[]): GuardedRow {
  return { variable, role, mayBecome: ROLE_TABLE.find((row) => row.name === role)?.memberOf ?? [], ownTables };
}

/** `migration` is TypeORM's journal, which readiness looks at. */
export const GUARDED_LOGINS: Readonly<Record<GuardedLogin, GuardedRow>> = {
  login: guarded('DATABASE_URL', 'app_login', ['migration']),
  privileged: guarded('DATABASE_PRIVILEGED_URL', 'app_privileged', ['migration']),
  queue: guarded('DATABASE_QUEUE_URL', 'app_queue', ['migration', 'job', 'job_schedule', 'system_job']),
};
