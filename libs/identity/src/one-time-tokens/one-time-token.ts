import { createHash, randomBytes } from 'node:crypto';

/** So that people and secret scanners know what they have found. */
const PREFIX = 'plt_';
const BYTES = 32;

export interface OneTimeToken {
  /** What is sent, and kept nowhere. */
  readonly token: string;
  /** What is stored. */
  readonly tokenHash: string;
}

/** A new token of 256 random bits: nothing slower than SHA-256 is needed to keep it. */
export function newOneTimeToken(): OneTimeToken {
  const token = PREFIX + randomBytes(BYTES).toString('base64url');
  return { token, tokenHash: hashOfToken(token) };
}

/** SHA-256 of a token, in hexadecimal. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
