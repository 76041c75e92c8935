import { escapeIdentifier } from 'pg';
import {
  BypassRowSecurityLoginError,
  CreateRoleLoginError,
  GrantingLoginError,
  InheritingLoginError,
  OwnerLoginError,
  PowerlessLoginError,
  ReplicationLoginError,
  StrongerRoleLoginError,
  SuperuserLoginError,
  TableRightsLoginError,
  type Refusal,
  type UnsafeLoginError,
} from './errors.js';
import type { GuardedRow } from './guarded-logins.js';
import type { LoginFacts, Membership, ReachableRole } from './login-facts.js';

interface Finding {
  readonly finding: string;
  readonly mend: string;
}

/** One thing that a login must not be able to do (or must be). */
export interface LoginRule {
  readonly name: string;
  readonly error: new (refusal: Refusal) => UnsafeLoginError;
  /** The first breach, or undefined where the login is as its row says. */
  readonly find: (facts: LoginFacts, row: GuardedRow) => Finding | undefined;
}

const PER_GRANT_SINCE = 16;

/** The rules, strongest first: of several breaches the first is reported. */
export const LOGIN_RULES: readonly LoginRule[] = [
  {
    name: 'is no superuser',
    error: SuperuserLoginError,
    find: attribute('superuser', 'NOSUPERUSER', 'is a superuser: row security does not hold for it'),
  },
  {
    name: 'does not bypass row security',
    error: BypassRowSecurityLoginError,
    find: attribute('bypassrls', 'NOBYPASSRLS', 'has BYPASSRLS: row security does not hold for it'),
  },
  {
    name: 'makes no roles',
    error: CreateRoleLoginError,
    find: attribute('createrole', 'NOCREATEROLE', 'has CREATEROLE: it could give itself other roles'),
  },
  {
    name: 'does not replicate',
    error: ReplicationLoginError,
    find: attribute('replication', 'NOREPLICATION', 'has REPLICATION: it could read every row from the log'),
  },
  {
    name: 'owns nothing',
    error: OwnerLoginError,
    find: ({ owned, login }) => {
      const first = owned[0];
      return (
        first && {
          finding: `${first.owner === login ? '' : `can become "${first.owner}", which `}owns the ${first.type.toLowerCase()} ${first.identity} and could change its rules`,
          mend: `ALTER ${first.type} ${first.identity} OWNER TO "app_owner"`,
        }
      );
    },
  },
  {
    name: 'can become nothing but the roles of its row',
    error: StrongerRoleLoginError,
    find: ({ login, major, memberships }, row) => {
      // Whatever else it reaches, it reaches by a first step off the roles of its row.
      const step = memberships.find(({ role, member }) => !isAllowed(row, role) && (member === login || isAllowed(row, member)));
      return (
        step && {
          finding: step.member === login ? `can become "${step.role}"` : `can become "${step.role}" by way of "${step.member}"`,
          mend: revoke('', step, major),
        }
      );
    },
  },
  {
    name: 'inherits nothing',
    error: InheritingLoginError,
    find: ({ login, major, reachable, memberships }, row) => {
      const inherited = reachable.find(({ name, inherited }) => inherited && isAllowed(row, name));
      const step = inherited && memberships.find(({ role, member, inherit }) => inherit && role === inherited.name && member === login);
      return (
        step && {
          finding: `has the rights of "${step.role}" without entering it`,
          mend: major >= PER_GRANT_SINCE ? revoke('INHERIT OPTION FOR ', step, major) : `ALTER ROLE ${escapeIdentifier(login)} NOINHERIT`,
        }
      );
    },
  },
  {
    name: 'hands no role on',
    error: GrantingLoginError,
    find: ({ login, major, memberships }, row) => {
      const step = memberships.find(({ role, member, admin }) => admin && member === login && isAllowed(row, role));
      return step && { finding: `can give "${step.role}" to other roles`, mend: revoke('ADMIN OPTION FOR ', step, major) };
    },
  },
  {
    name: 'touches no table by itself',
    error: TableRightsLoginError,
    find: ({ login, tables }, row) => {
      const table = tables.find((name) => !row.ownTables.includes(name));
      return table === undefined
        ? undefined
        : {
            finding: `can touch the table app.${table} without entering an organization`,
            mend: `REVOKE ALL ON app.${escapeIdentifier(table)} FROM ${escapeIdentifier(login)}, PUBLIC`,
          };
    },
  },
  {
    name: 'can enter the roles of its row',
    error: PowerlessLoginError,
    find: ({ login, major, reachable }, row) => {
      const missing = row.mayBecome.find((wanted) => !reachable.some(({ name, settable }) => name === wanted && settable));
      return missing && { finding: `cannot become "${missing}"`, mend: membership(missing, login, major) };
    },
  },
];

function isAllowed(row: GuardedRow, name: string): boolean {
  return row.mayBecome.some((allowed) => allowed === name);
}

function membership(role: string, login: string, major: number): string {
  const options = major >= PER_GRANT_SINCE ? ' WITH INHERIT FALSE, SET TRUE' : '';
  return `GRANT ${escapeIdentifier(role)} TO ${escapeIdentifier(login)}${options}`;
}

function revoke(what: string, step: Membership, major: number): string {
  const grantedBy = major >= PER_GRANT_SINCE ? ` GRANTED BY ${escapeIdentifier(step.grantor)}` : '';
  return `REVOKE ${what}${escapeIdentifier(step.role)} FROM ${escapeIdentifier(step.member)}${grantedBy}`;
}

/** A role attribute that neither the login nor a role it may become can have. */
function attribute(name: 'superuser' | 'bypassrls' | 'createrole' | 'replication', without: string, finding: string): LoginRule['find'] {
  return ({ login, reachable }, row) => {
    const has = (role: ReachableRole): boolean => role[name] && (role.name === login || isAllowed(row, role.name));
    const role = reachable.find((candidate) => candidate.name === login && has(candidate)) ?? reachable.find(has);
    return (
      role && {
        finding: role.name === login ? finding : `can become "${role.name}", which ${finding}`,
        mend: `ALTER ROLE ${escapeIdentifier(role.name)} ${without}`,
      }
    );
  };
}
