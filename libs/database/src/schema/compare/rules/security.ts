import type { Difference } from '../difference.js';
import type { FindingRules, FindingWords } from '../finding-words.js';

const POLICY = { driftClass: 'security', severity: 'error' } as const;
const GRANT = { driftClass: 'security', severity: 'error' } as const;

function isToPublic({ fact }: Difference): boolean {
  return fact.key.endsWith(').PUBLIC') || fact.key.includes(').PUBLIC.');
}

function extraGrant(difference: Difference): FindingWords {
  if (isToPublic(difference)) {
    return {
      code: 'GRANT_TO_PUBLIC',
      ...GRANT,
      explain: 'Everybody who can connect has this right, whatever role they have. Nothing of ours is granted to PUBLIC.',
    };
  }
  return { code: 'GRANT_EXTRA', ...GRANT, explain: 'The role may do what no migration grants it.' };
}

const MADE: Readonly<Record<string, string>> = { r: 'table', S: 'sequence', f: 'function', T: 'type', n: 'schema' };

function extraDefaultPrivilege({ fact }: Difference): FindingWords {
  const what = `every new ${MADE[/\.(\w)\.[^.]+$/.exec(fact.key)?.[1] ?? ''] ?? 'object'}`;
  const { privileges } = fact.attributes;
  if (Array.isArray(privileges) && privileges.length === 0) {
    return {
      code: 'DEFAULT_PRIVILEGE_CLOSED',
      ...GRANT,
      explain: `What PostgreSQL opens by itself is closed for ${what} of app_owner, without any migration saying so.`,
    };
  }
  return { code: 'DEFAULT_PRIVILEGE_EXTRA', ...GRANT, explain: `From now on ${what} of app_owner is granted to this role, without any migration saying so.` };
}

/** Policies, grants, default privileges. */
export const securityRules: FindingRules = {
  'policy.missing': {
    code: 'POLICY_MISSING',
    ...POLICY,
    explain: 'Without its policy a role sees no row at all, or only what another policy lets it see: work fails, or changes nothing without an error.',
  },
  'policy.extra': {
    code: 'POLICY_EXTRA',
    ...POLICY,
    explain: 'Permissive policies are added up: one more can open rows that the others close. A restrictive one hides rows without an error.',
  },
  'policy.usingExpr': { code: 'POLICY_USING_CHANGED', ...POLICY, explain: 'The policy lets other rows be seen, changed and deleted than was decided.' },
  'policy.checkExpr': {
    code: 'POLICY_CHECK_CHANGED',
    ...POLICY,
    explain: 'The policy lets other rows be written than was decided: a tenant could write into another’s data.',
  },
  'policy.roles': { code: 'POLICY_ROLES_CHANGED', ...POLICY, explain: 'The policy holds for other roles than was decided.' },
  'policy.cmd': { code: 'POLICY_COMMAND_CHANGED', ...POLICY, explain: 'The policy holds for other commands than was decided.' },
  'policy.permissive': {
    code: 'POLICY_KIND_CHANGED',
    ...POLICY,
    explain: 'A permissive policy opens rows, a restrictive one closes them: the two are not the same thing under one name.',
  },
  'grant.missing': { code: 'GRANT_MISSING', ...GRANT, explain: 'The role may not do what it needs: its statements fail with “permission denied”.' },
  'grant.extra': extraGrant,
  'grant.privileges': { code: 'GRANT_CHANGED', ...GRANT, explain: 'The role may do more, or less, than the migrations grant it.' },
  'grant.grantable': { code: 'GRANT_OPTION_CHANGED', ...GRANT, explain: 'With the grant option the role can hand its right on to others.' },
  'defaultPrivilege.missing': {
    code: 'DEFAULT_PRIVILEGE_MISSING',
    ...GRANT,
    explain: 'What app_owner makes from now on is open to more roles than was decided: without it every new function can be called by everybody.',
  },
  'defaultPrivilege.extra': extraDefaultPrivilege,
  'defaultPrivilege.*': { code: 'DEFAULT_PRIVILEGE_CHANGED', ...GRANT, explain: 'What app_owner makes from now on is granted differently than was decided.' },
  'schema.missing': {
    code: 'SCHEMA_MISSING',
    driftClass: 'data',
    severity: 'error',
    explain: 'The schema is not there, and so nothing of ours is. Run npm run db:roles, then npm run db:init.',
  },
  'schema.owner': { code: 'OWNER_CHANGED', ...GRANT, explain: 'The owner of the schema may drop everything in it. It must be app_owner.' },
};
