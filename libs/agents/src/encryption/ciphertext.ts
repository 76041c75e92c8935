/** The parts of a stored secret. */
export interface Ciphertext {
  readonly keyId: string;
  readonly nonce: Buffer;
  readonly content: Buffer;
  readonly tag: Buffer;
}

export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;

/** A key id may hold dots itself; what follows it never does. */
const FORMAT = /^v1\.([\w.-]{1,64})\.([\w-]{16})\.([\w-]*)\.([\w-]{22})$/;

/** `v1.<key id>.<nonce>.<ciphertext>.<tag>`, all but the key id in base64url. */
export function formatCiphertext({ keyId, nonce, content, tag }: Ciphertext): string {
  return ['v1', keyId, ...[nonce, content, tag].map((part) => part.toString('base64url'))].join('.');
}

/** The parts of a text that `formatCiphertext` made, or undefined for any other text. */
export function parseCiphertext(text: string): Ciphertext | undefined {
  const [, keyId, nonce, content, tag] = FORMAT.exec(text) ?? [];
  if (keyId === undefined || nonce === undefined || content === undefined || tag === undefined) return undefined;
  const parts = { keyId, nonce: Buffer.from(nonce, 'base64url'), content: Buffer.from(content, 'base64url'), tag: Buffer.from(tag, 'base64url') };
  // What decodes to the same bytes but is written otherwise is not ours.
  return formatCiphertext(parts) === text ? parts : undefined;
}
