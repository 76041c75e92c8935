import { createHash } from 'node:crypto';
import { clientNetwork } from '#database';
import type { AttemptKeys } from '../persistence/sign-in-attempts.js';

/** Under which names attempts to sign in to an address from somewhere are counted. Hashed, since they are not there to be read. */
export function attemptKeys(address: string, ip: string | null): AttemptKeys {
  const pair = hashOf(`${address}\n${clientNetwork(ip)}`);
  return { pair: `sign-in:pair:${pair}`, known: `sign-in:known:${pair}`, account: `sign-in:account:${hashOf(address)}` };
}

/** Under which name attempts to prove a registration are counted, by the hash of its token. */
export function registrationAttemptKey(tokenHash: string): string {
  return `registration:${hashOf(tokenHash)}`;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
