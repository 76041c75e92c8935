import { currentContext, MEMBER_ROLES, NoTenantError, type MemberRole, type PermissionKey } from '#database';
import { PermissionDeniedError } from '../access/errors.js';
import { effectivePermissions, isPermission, permissionsOfRole } from '../access/permissions.js';
import { RoleNotGrantableError } from './errors.js';

/** Whoever gives and takes roles and permissions: a member with a role, or an API key, which has none. */
export interface Granter {
  /** null for an API key. */
  readonly userId: string | null;
  /** The id of the API key; null for a member. */
  readonly keyId: string | null;
  /** null for an API key. */
  readonly role: MemberRole | null;
  /** Keys of everything that it may do. */
  readonly permissions: ReadonlySet<string>;
}

/** The caller of the running request. @throws NoTenantError outside of one */
export function currentGranter(): Granter {
  const principal = currentContext()?.principal;
  if (principal === undefined) throw new NoTenantError('nobody has been authenticated yet');
  const { userId, actorType, actorId, scopes } = principal;
  const role = MEMBER_ROLES.find((known) => known === principal.role) ?? null;
  return { userId, keyId: actorType === 'API_KEY' ? actorId : null, role, permissions: new Set(scopes) };
}

/** What a membership's row says of its member's rights. */
export interface Rights {
  readonly role: MemberRole;
  /** Beyond those of the role. */
  readonly permissions: readonly string[];
}

/** The granter as the membership's row says at this moment: what the request began with may be seconds old. */
export function withRights(granter: Granter, { role, permissions }: Rights): Granter {
  return { ...granter, role, permissions: new Set(effectivePermissions(role, permissions)) };
}

/** The granter as the key's row says at this moment. */
export function withScopes(granter: Granter, scopes: readonly string[]): Granter {
  return { ...granter, permissions: new Set(scopes.filter(isPermission)) };
}

/** @throws PermissionDeniedError where the granter does not have the permission any more */
export function assertHolds(granter: Granter, permission: PermissionKey): void {
  if (!granter.permissions.has(permission)) throw new PermissionDeniedError(permission);
}

/** Nobody gives a role stronger than their own; an API key gives a role only where its scopes hold all of it, and never OWNER. @throws RoleNotGrantableError */
export function assertMayGrantRole(granter: Granter, role: MemberRole): void {
  const isGrantable = granter.role === null ? role !== 'OWNER' && holdsAllOf(granter, role) : !isStronger(role, granter.role);
  if (!isGrantable) throw new RoleNotGrantableError(`The role ${role} holds more than you do, so you cannot give it.`, 'role');
}

/** Nobody gives a permission that they do not have. @throws RoleNotGrantableError */
export function assertMayGrantPermissions(granter: Granter, added: readonly string[]): void {
  const missing = added.find((key) => !granter.permissions.has(key));
  if (missing !== undefined) throw new RoleNotGrantableError(`You do not have the permission "${missing}", so you cannot give it.`, 'permissions');
}

/** Nobody changes, removes or uninvites somebody stronger; an API key no OWNER. @throws RoleNotGrantableError */
export function assertMayManage(granter: Granter, role: MemberRole): void {
  const isManageable = granter.role === null ? role !== 'OWNER' : !isStronger(role, granter.role);
  if (!isManageable) throw new RoleNotGrantableError(`Somebody with the role ${role} is stronger than you, so you cannot change or remove them.`);
}

function isStronger(role: MemberRole, than: MemberRole): boolean {
  return MEMBER_ROLES.indexOf(role) < MEMBER_ROLES.indexOf(than);
}

function holdsAllOf(granter: Granter, role: MemberRole): boolean {
  return permissionsOfRole(role).every((key) => granter.permissions.has(key));
}
