/**
 * What a fingerprint is made of. Each object of the schema has one or more parts, named `part:object`: `row-security:run`,
 * `policy:run.tenant_isolation`, `function:enter_auth(uuid, text, integer, integer, integer)`.
 */
export const SECURITY_PARTS = [
  'row-security',
  'policy',
  'grants',
  'owner',
  'triggers',
  'view',
  'function',
  'operator',
  'role',
  'member',
  'schema',
  'default-privileges',
  'settings',
] as const;

export const OTHER_PARTS = ['table', 'sequence', 'type', 'other'] as const;

export type SecurityPart = (typeof SECURITY_PARTS)[number];
export type OtherPart = (typeof OTHER_PARTS)[number];
export type Part = SecurityPart | OtherPart;

export const PARTS: readonly Part[] = [...SECURITY_PARTS, ...OTHER_PARTS];

/** The text before the colon. Not proven to be a part that this build knows. */
export function partOf(name: string): string {
  return name.slice(0, name.indexOf(':'));
}

/** Which of the two fingerprints a part belongs to. */
export function isSecurity(part: string): boolean {
  return SECURITY_PARTS.some((name) => name === part);
}
