import { PlinthError } from '../../errors.js';

/** What a refusal is about. */
export interface Refusal {
  /** The variable whose URL logs in as this role. */
  readonly variable: string;
  /** The role that logged in. */
  readonly login: string;
  /** What it can do that it may not (or cannot do that it must). */
  readonly finding: string;
  /** The SQL statement that mends it. */
  readonly mend: string;
}

/** A login that is stronger (or weaker) than its row in the role table: the service does not start with it. */
export abstract class UnsafeLoginError extends PlinthError {
  readonly family = 'operator';
  readonly login: string;
  readonly mend: string;

  constructor(refusal: Refusal) {
    super(
      `${refusal.variable} logs in as "${refusal.login}", which ${refusal.finding}. ` +
        `Take the login that "npm run db:roles" makes for ${refusal.variable}; or, if this one was made for Plinth, mend it with  ${refusal.mend};`,
      { fields: { ...refusal } },
    );
    this.login = refusal.login;
    this.mend = refusal.mend;
  }
}

/** Row security does not exist for a superuser. */
export class SuperuserLoginError extends UnsafeLoginError {
  readonly code = 'LOGIN_IS_SUPERUSER';
}

/** BYPASSRLS: row security is not applied. */
export class BypassRowSecurityLoginError extends UnsafeLoginError {
  readonly code = 'LOGIN_BYPASSES_ROW_SECURITY';
}

/** CREATEROLE: it could give itself roles. */
export class CreateRoleLoginError extends UnsafeLoginError {
  readonly code = 'LOGIN_CREATES_ROLES';
}

/** REPLICATION: it could read every row from the log. */
export class ReplicationLoginError extends UnsafeLoginError {
  readonly code = 'LOGIN_REPLICATES';
}

/** An owner can change what it owns, also its policies. */
export class OwnerLoginError extends UnsafeLoginError {
  readonly code = 'LOGIN_OWNS_OBJECTS';
}

/** It can become a role that its row does not name. */
export class StrongerRoleLoginError extends UnsafeLoginError {
  readonly code = 'LOGIN_CAN_BECOME_MORE';
}

/** It has the rights of the role it should first have to enter. */
export class InheritingLoginError extends UnsafeLoginError {
  readonly code = 'LOGIN_INHERITS_RIGHTS';
}

/** It can hand its role on to others. */
export class GrantingLoginError extends UnsafeLoginError {
  readonly code = 'LOGIN_CAN_GRANT_ROLES';
}

/** By itself it can touch tables, so that work which forgot to enter an organization would not fail. */
export class TableRightsLoginError extends UnsafeLoginError {
  readonly code = 'LOGIN_HAS_TABLE_RIGHTS';
}

/** It cannot become the role it needs. */
export class PowerlessLoginError extends UnsafeLoginError {
  readonly code = 'LOGIN_CANNOT_ENTER';
}

/** Two variables log in as the same role, so that there is no boundary between what they may do. */
export class SharedLoginError extends PlinthError {
  readonly code = 'LOGIN_SHARED';
  readonly family = 'operator';

  constructor(
    readonly login: string,
    readonly variables: readonly string[],
  ) {
    super(
      `${variables.join(' and ')} log in as the same role "${login}": then there is no boundary between them. ` +
        'Give each its own login; "npm run db:roles" makes them and prints the lines.',
      { fields: { login, variables } },
    );
  }
}

/** One login can become the tenant role and a role that sees all organizations. */
export class NoBoundaryError extends UnsafeLoginError {
  readonly code = 'LOGIN_ON_BOTH_SIDES';
}
