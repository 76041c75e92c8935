import type { Difference } from '../difference.js';
import { chosen, type ChosenWords, type FindingRules, type FindingWords } from '../finding-words.js';

const POLICY = { driftClass: 'security', severity: 'error' } as const;
const GRANT = { driftClass: 'security', severity: 'error' } as const;

function isToPublic({ fact }: Difference): boolean {
  return fact.key.endsWith(').PUBLIC') || fact.key.includes(').PUBLIC.');
}

const extraGrant = chosen(
  {
    toPublic: {
      code: 'GRANT_TO_PUBLIC',
      ...GRANT,
      explain: 'Everybody who can connect has this right, whatever role they have. Nothing of ours is granted to PUBLIC.',
    },
    toRole: { code: 'GRANT_EXTRA', ...GRANT, explain: 'The role may do what no migration grants it.' },
  },
  (difference) => (isToPublic(difference) ? 'toPublic' : 'toRole'),
);

const MADE = { r: 'table', S: 'sequence', f: 'function', T: 'type', n: 'schema', other: 'object' } as const;
type Made = keyof typeof MADE;

function closed(made: Made): FindingWords {
  const explain = `What PostgreSQL opens by itself is closed for every new ${MADE[made]} of app_owner, without any migration saying so.`;
  return { code: 'DEFAULT_PRIVILEGE_CLOSED', ...GRANT, explain };
}

function opened(made: Made): FindingWords {
  const explain = `From now on every new ${MADE[made]} of app_owner is granted to this role, without any migration saying so.`;
  return { code: 'DEFAULT_PRIVILEGE_EXTRA', ...GRANT, explain };
}

const closedOf = { r: closed('r'), S: closed('S'), f: closed('f'), T: closed('T'), n: closed('n'), other: closed('other') };
const openedOf = { r: opened('r'), S: opened('S'), f: opened('f'), T: opened('T'), n: opened('n'), other: opened('other') };

const extraDefaultPrivilege: ChosenWords = {
  among: [...Object.values(closedOf), ...Object.values(openedOf)],
  choose: ({ fact }) => {
    const letter = /\.(\w)\.[^.]+$/.exec(fact.key)?.[1] ?? '';
    const { privileges } = fact.attributes;
    const table = Array.isArray(privileges) && privileges.length === 0 ? closedOf : openedOf;
    return table[isMade(letter) ? letter : 'other'];
  },
};

function isMade(letter: string): letter is Made {
  return letter in MADE;
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
