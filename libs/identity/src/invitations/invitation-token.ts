import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { isUuid } from '#database';

const SECRET_BYTES = 32;
const FORM = /^pli_([0-9a-f]{32})\.([0-9a-f]{32})\.([A-Za-z0-9_-]{43})$/;
/** What the secret of an invitation that does not exist is compared with: no secret has it. */
const NO_HASH = '0'.repeat(64);

/** What an invitation's token holds: where to look, and the secret that proves that it was received. */
export interface InvitationToken {
  readonly orgId: string;
  readonly invitationId: string;
  readonly secret: string;
}

/** A new secret, 256 random bits. */
export function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/** What is kept of a secret: its SHA-256 in hexadecimal. It has too many bits to be guessed, so nothing slower is needed. */
export function hashOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Whether the secret is the one of `hash`, in the same time whichever part is wrong; false without a hash. */
export function isSecretOf(secret: string, hash: string | undefined): boolean {
  const expected = Buffer.from(hash ?? NO_HASH);
  const actual = Buffer.from(hashOfSecret(secret));
  return expected.length === actual.length && timingSafeEqual(expected, actual) && hash !== undefined;
}

/** `pli_<organization>.<invitation>.<secret>`, the ids without dashes. */
export function writeInvitationToken({ orgId, invitationId, secret }: InvitationToken): string {
  return `pli_${orgId.replaceAll('-', '')}.${invitationId.replaceAll('-', '')}.${secret}`;
}

/** What a token says, or undefined where it has not the form of one. */
export function readInvitationToken(text: string): InvitationToken | undefined {
  const [, organization, invitation, secret] = FORM.exec(text) ?? [];
  if (organization === undefined || invitation === undefined || secret === undefined) return undefined;
  const orgId = withDashes(organization);
  const invitationId = withDashes(invitation);
  return isUuid(orgId) && isUuid(invitationId) ? { orgId, invitationId, secret } : undefined;
}

function withDashes(digits: string): string {
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
