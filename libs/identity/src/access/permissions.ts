import { BUILT_IN_ROLES, PERMISSIONS, type MemberRole, type PermissionKey } from '#database';

const KNOWN: ReadonlySet<string> = new Set(PERMISSIONS.map(({ key }) => key));

/** Whether there is such a permission. */
export function isPermission(key: string): key is PermissionKey {
  return KNOWN.has(key);
}

const OF_ROLE: ReadonlyMap<MemberRole, readonly PermissionKey[]> = new Map(
  BUILT_IN_ROLES.map(({ memberRole, permissions }) => [memberRole, permissions.filter(isPermission)]),
);

/** What a member's role allows. */
export function permissionsOfRole(role: MemberRole): readonly PermissionKey[] {
  return OF_ROLE.get(role) ?? [];
}

/** What a member may do: what the role allows and what was given to them beside it. What is no permission any more is left out. */
export function effectivePermissions(role: MemberRole, own: readonly string[]): readonly PermissionKey[] {
  const ofRole = permissionsOfRole(role);
  const more = own.filter(isPermission).filter((key) => !ofRole.includes(key));
  return more.length === 0 ? ofRole : [...new Set([...ofRole, ...more])];
}
