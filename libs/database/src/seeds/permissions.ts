import type { MemberRole } from '../entities/identity/organization-user.entity.js';

/** A permission's name: `<thing>:<verb>`. */
export type PermissionKey = (typeof PERMISSIONS)[number]['key'];

/** A permission, and the weakest member role whose built-in role has it; stronger roles have it too. */
export interface PermissionSeed<K extends string = string> {
  readonly key: K;
  readonly category: string;
  readonly description: string;
  readonly from: MemberRole;
}

function inCategory<const K extends string>(
  category: string,
  rows: readonly (readonly [key: K, from: MemberRole, description: string])[],
): PermissionSeed<K>[] {
  return rows.map(([key, from, description]) => ({ key, category, description, from }));
}

/** What roles can allow. Adding one here is enough: the next seeding adds it, and gives it to the built-in roles. */
export const PERMISSIONS = [
  ...inCategory('organization', [
    ['organization:read', 'VIEWER', 'See the organization and its settings'],
    ['organization:update', 'ADMIN', 'Change name, description and settings of the organization'],
    ['organization:delete', 'OWNER', 'Erase the organization and everything in it'],
    ['audit:read', 'ADMIN', 'Read the audit log'],
    ['usage:read', 'DEVELOPER', 'See what the organization used'],
  ]),
  ...inCategory('members', [
    ['member:read', 'VIEWER', 'See who belongs to the organization'],
    ['member:invite', 'ADMIN', 'Invite people'],
    ['member:update', 'ADMIN', 'Change the role and permissions of a member'],
    ['member:remove', 'ADMIN', 'Remove a member'],
    ['role:read', 'VIEWER', 'See roles and what they allow'],
    ['role:manage', 'ADMIN', 'Create, change and delete roles'],
    ['team:read', 'VIEWER', 'See teams and who is in them'],
    ['team:manage', 'ADMIN', 'Create, change and delete teams and their memberships'],
    ['api_key:read', 'ADMIN', 'See API keys, without their secrets'],
    ['api_key:manage', 'ADMIN', 'Create and revoke API keys'],
  ]),
  ...inCategory('agents', [
    ['agent:read', 'VIEWER', 'See agents'],
    ['agent:create', 'DEVELOPER', 'Create agents'],
    ['agent:update', 'DEVELOPER', 'Change agents'],
    ['agent:delete', 'DEVELOPER', 'Delete agents'],
    ['agent_repository:read', 'VIEWER', 'See repositories of agents and what was found in them'],
    ['agent_repository:create', 'DEVELOPER', 'Register repositories of agents'],
    ['agent_repository:update', 'DEVELOPER', 'Change how a repository is read'],
    ['agent_repository:delete', 'ADMIN', 'Remove a repository and its agents'],
    ['agent_repository:sync', 'DEVELOPER', 'Read a repository again'],
    ['git_credential:manage', 'ADMIN', 'Store and remove the tokens of private repositories'],
  ]),
  ...inCategory('runs', [
    ['run:read', 'VIEWER', 'See runs, their steps and data'],
    ['run:create', 'DEVELOPER', 'Start runs'],
    ['run:cancel', 'DEVELOPER', 'Cancel runs'],
    ['input_request:respond', 'DEVELOPER', 'Answer what a run asks'],
    ['task:read', 'VIEWER', 'See tasks'],
    ['task:create', 'DEVELOPER', 'Create tasks'],
    ['task:update', 'DEVELOPER', 'Change and cancel tasks'],
    ['job:read', 'DEVELOPER', 'See background jobs'],
    ['job:retry', 'ADMIN', 'Start a failed background job again'],
  ]),
  ...inCategory('billing', [
    ['billing:read', 'ADMIN', 'See subscription and payments'],
    ['billing:manage', 'OWNER', 'Change subscription and means of payment'],
  ]),
  ...inCategory('content', [
    ['file:read', 'VIEWER', 'See and download files'],
    ['file:create', 'DEVELOPER', 'Upload files'],
    ['file:share', 'DEVELOPER', 'Share files'],
    ['file:delete', 'DEVELOPER', 'Delete files'],
    ['email_template:read', 'DEVELOPER', 'See e-mail templates'],
    ['email_template:manage', 'ADMIN', 'Change e-mail templates'],
  ]),
] as const;
