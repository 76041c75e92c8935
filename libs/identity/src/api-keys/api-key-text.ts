import { createHash, randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;
const FORM = /^plk_([0-9a-f]{32})\.([0-9a-f]{32})\.([A-Za-z0-9_-]{43})$/;

/** What every API key begins with: by it a key is told from an access token, and found where it should not be. */
export const API_KEY_PREFIX = 'plk_';

/** The parts of an API key as it is presented. */
export interface ApiKeyParts {
  readonly orgId: string;
  readonly keyId: string;
  readonly secret: string;
}

/** A new secret of 256 random bits, in base64url. */
export function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/** The key as it is shown once, and presented ever after: `plk_<organization>.<id>.<secret>`, the ids without dashes. */
export function apiKeyText({ orgId, keyId, secret }: ApiKeyParts): string {
  return `${API_KEY_PREFIX}${withoutDashes(orgId)}.${withoutDashes(keyId)}.${secret}`;
}

/** The parts of a presented key, or nothing where it does not have the form of one. */
export function parseApiKey(text: string): ApiKeyParts | undefined {
  const [, org, key, secret] = FORM.exec(text) ?? [];
  if (org === undefined || key === undefined || secret === undefined) return undefined;
  return { orgId: withDashes(org), keyId: withDashes(key), secret };
}

/** SHA-256, which is enough for a secret of 256 random bits. */
export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** What people recognise a key by: the middle of its text. No secret. */
export function recognisablePart(keyId: string): string {
  return withoutDashes(keyId);
}

function withoutDashes(uuid: string): string {
  return uuid.replaceAll('-', '').toLowerCase();
}

function withDashes(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
