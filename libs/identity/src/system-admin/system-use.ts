import type { UnrestrictedUse } from '#database';
import { OwnAccountError } from './errors.js';

/** Who of those who run the platform does something, and why. */
export interface SystemUse {
  readonly userId: string;
  readonly reason: string;
}

/** What is kept of it, before and after: what was done and to what, and the reason given. */
export function recorded({ userId, reason }: SystemUse, what: string): UnrestrictedUse {
  return { actor: userId, reason: `${what}: ${reason}` };
}

/** @throws OwnAccountError where somebody would do it to themselves */
export function refuseOwnAccount(use: SystemUse, userId: string): void {
  if (use.userId === userId) throw new OwnAccountError();
}
