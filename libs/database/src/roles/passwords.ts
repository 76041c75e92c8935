import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';

const ITERATIONS = 4096;

/** A new random password: 32 bytes, base64url, safe in a URL and in an .env file as it stands. */
export function newPassword(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * What PostgreSQL stores for a password (RFC 5803). Sent in place of the password, so that no statement log ever holds it.
 */
export function scramVerifier(password: string, salt: Buffer = randomBytes(16), iterations: number = ITERATIONS): string {
  const salted = pbkdf2Sync(password.normalize('NFKC'), salt, iterations, 32, 'sha256');
  const clientKey = createHmac('sha256', salted).update('Client Key').digest();
  const storedKey = createHash('sha256').update(clientKey).digest('base64');
  const serverKey = createHmac('sha256', salted).update('Server Key').digest('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${serverKey}`;
}

/** Whether `verifier` (as in pg_authid.rolpassword) is of this password. False for anything that is not SCRAM-SHA-256. */
export function isVerifierOf(verifier: string | null, password: string): boolean {
  const match = /^SCRAM-SHA-256\$(\d+):([^$]+)\$/.exec(verifier ?? '');
  if (verifier === null || !match?.[1] || !match[2]) return false;
  const made = Buffer.from(scramVerifier(password, Buffer.from(match[2], 'base64'), Number(match[1])));
  const stored = Buffer.from(verifier);
  return made.length === stored.length && timingSafeEqual(made, stored);
}
