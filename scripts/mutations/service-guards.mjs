const IDENTITY = 'libs/identity/src';
const RUNS = 'libs/runs/src';
const GUARD = 'apps/api/src/auth/auth.guard.ts';
const ACCESS = 'apps/api/test/access.e2e-spec.ts';
const KEYS = 'apps/api/test/api-keys.e2e-spec.ts';
const MEMBERS = `${IDENTITY}/members/members.service.spec.ts`;
const LAST_OWNER = `${IDENTITY}/members/last-owner.spec.ts`;

/**
 * The guards of identity, HTTP and runs.
 * @type {readonly import('./guards.mjs').Mutant[]}
 */
export const SERVICE_GUARDS = [
  {
    rule: 'a route is for those who have its permission',
    file: GUARD,
    replace: 'if (!principal.scopes.includes(access.permission)) throw new PermissionDeniedError(access.permission);',
    with: '',
    spec: ACCESS,
    test: 'names the permission that is missing',
  },
  {
    rule: 'what is for people is not for API keys',
    file: GUARD,
    replace: "else if (access.kind === 'signed-in' && principal.userId === null) throw new PersonRequiredError();",
    with: '',
    spec: ACCESS,
    test: 'in every cell of an API key',
  },
  {
    rule: 'the platform is run by those who run the platform',
    file: GUARD,
    replace: 'if (principal.userId === null || !(await this.systemRoles.isSystemAdmin(principal.userId))) throw new SystemAdminRequiredError();',
    with: '',
    spec: ACCESS,
    test: 'holds in every cell of VIEWER',
  },
  {
    rule: 'a suspended organization does nothing',
    file: GUARD,
    replace: 'if (!isOpen) throw new OrganizationSuspendedError();',
    with: 'void isOpen;',
    spec: ACCESS,
    test: 'the organization being suspended',
  },
  {
    rule: 'a session is believed as long as its access state says so',
    file: `${IDENTITY}/access/authenticator.ts`,
    replace: 'if (state === undefined || !state.isUserActive || !state.isSessionOpen) throw new SessionEndedError();',
    with: 'if (state === undefined || !state.isUserActive) throw new SessionEndedError();',
    spec: ACCESS,
    test: 'the end of the session',
  },
  {
    rule: 'a deactivated person is let in nowhere',
    file: `${IDENTITY}/access/authenticator.ts`,
    replace: 'if (state === undefined || !state.isUserActive || !state.isSessionOpen) throw new SessionEndedError();',
    with: 'if (state === undefined || !state.isSessionOpen) throw new SessionEndedError();',
    spec: ACCESS,
    test: 'a deactivation',
  },
  {
    rule: 'changes of OWNERs follow one another',
    file: `${IDENTITY}/persistence/members.ts`,
    replace: 'order by user_id for update`',
    with: 'order by user_id`',
    spec: LAST_OWNER,
    test: 'one stays OWNER when each demotes the other',
  },
  {
    rule: 'the last OWNER who can sign in stays',
    file: `${IDENTITY}/members/members.service.ts`,
    replace: "if (member.role === 'OWNER' && !(await isAnyActive(tx, otherOwners))) throw new LastOwnerError();",
    with: 'void tx, member, otherOwners;',
    spec: LAST_OWNER,
    test: 'beside an OWNER who cannot sign in',
  },
  {
    rule: 'nobody gives a role that holds more than they have',
    file: `${IDENTITY}/members/granting.ts`,
    replace: "if (!isGrantable) throw new RoleNotGrantableError(`The role ${role} holds more than you do, so you cannot give it.`, 'role');",
    with: 'void isGrantable;',
    spec: MEMBERS,
  },
  {
    rule: 'nobody gives a permission that they do not have',
    file: `${IDENTITY}/members/granting.ts`,
    replace:
      'if (missing !== undefined) throw new RoleNotGrantableError(`You do not have the permission "${missing}", so you cannot give it.`, \'permissions\');',
    with: 'void missing;',
    spec: MEMBERS,
  },
  {
    rule: 'nobody manages somebody stronger',
    file: `${IDENTITY}/members/granting.ts`,
    replace: 'if (!isManageable) throw new RoleNotGrantableError(',
    with: 'if (isManageable === undefined) throw new RoleNotGrantableError(',
    spec: MEMBERS,
  },
  {
    rule: 'an API key is made with the rights of this moment',
    file: `${IDENTITY}/members/granter-now.ts`,
    replace: '  assertHolds(granter, permission);\n',
    with: '',
    spec: `${IDENTITY}/api-keys/api-keys.service.spec.ts`,
    test: 'from somebody who has a weaker role by now',
  },
  {
    rule: 'an API key is known by its secret',
    file: `${IDENTITY}/api-keys/api-key-verifier.ts`,
    replace: 'if (row === undefined || !matches || !row.is_usable) return undefined;',
    with: 'void matches;\n    if (row === undefined || !row.is_usable) return undefined;',
    spec: KEYS,
    test: 'answers the same, whatever is wrong with it',
  },
  {
    rule: 'a revoked or expired API key is refused',
    file: `${IDENTITY}/api-keys/api-key-verifier.ts`,
    replace: 'if (row === undefined || !matches || !row.is_usable) return undefined;',
    with: 'if (row === undefined || !matches) return undefined;',
    spec: KEYS,
    test: 'answers the same, whatever is wrong with it',
  },
  {
    rule: 'an invitation is for the address it was sent to',
    file: `${IDENTITY}/invitations/accept-invitation.ts`,
    replace: 'if (invitation.email !== normaliseEmail(email)) throw new InvitationForSomebodyElseError();',
    with: 'void email;',
    spec: `${IDENTITY}/invitations/invitations.service.spec.ts`,
    test: 'is for the address it was sent to',
  },
  {
    rule: 'a change is for the version that was read',
    file: 'apps/api/src/http/etag/entity-tag.ts',
    replace: "if (ifMatch === undefined || ifMatch.trim() === '') throw new PreconditionRequiredError();",
    with: "if (ifMatch === undefined || ifMatch.trim() === '') return 1;",
    spec: 'apps/api/test/etag.e2e-spec.ts',
  },
  {
    rule: 'of two who change the same version of an agent one is refused',
    file: 'libs/agents/src/agents/agents.service.ts',
    replace: "if (before.version !== expectedVersion) throw new VersionConflictError('agent');",
    with: 'void before;',
    spec: 'apps/api/test/agent-configurations.e2e-spec.ts',
  },
  {
    rule: 'an Idempotency-Key names one request',
    file: 'libs/service/src/idempotency/idempotency-keys.ts',
    replace: "if (hash !== wanted) return { state: 'reused' };",
    with: 'void wanted;',
    spec: 'apps/api/test/idempotency.e2e-spec.ts',
    test: 'the key of another body or another caller is refused',
  },
  {
    rule: 'only the worker that holds the fence of a run writes its steps',
    file: `${RUNS}/persistence/boundary.ts`,
    replace: "id = :runId::uuid and fence = :fence::bigint and status = 'RUNNING'",
    with: "id = :runId::uuid and :fence::bigint is not null and status = 'RUNNING'",
    spec: `${RUNS}/engine/control.spec.ts`,
    test: 'only the one that took the run over last writes',
  },
  {
    rule: 'a run that was cancelled is written no more',
    file: `${RUNS}/persistence/boundary.ts`,
    replace: "and fence = :fence::bigint and status = 'RUNNING'",
    with: 'and fence = :fence::bigint',
    spec: `${RUNS}/engine/control.spec.ts`,
    test: 'leaves the worker that has the run nothing to write',
  },
  {
    rule: 'events are those of a run of the own organization',
    file: `${RUNS}/events/events-page.ts`,
    replace: '  if (run === null) throw new RunNotFoundError(runId);\n',
    with: '  if (run === null) return { events, isOver: true };\n',
    spec: `${RUNS}/events/run-follower.spec.ts`,
    test: 'of a run of nobody',
  },
  {
    rule: 'followers of two organizations share nothing that was read',
    file: `${RUNS}/events/run-follower.ts`,
    replace: 'const key = `${orgId}:${runId}`;\n    const { topic }',
    with: 'const key = runId;\n    const { topic }',
    spec: `${RUNS}/events/run-follower.spec.ts`,
    test: 'while its own organization follows it',
  },
];
