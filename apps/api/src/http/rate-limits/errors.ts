import { PlinthError } from '#database';

const OF: Readonly<Record<string, string>> = {
  address: 'from your network address',
  attempts: 'to sign in, register or renew a session from your network address',
  credential: 'by this user or API key',
  organization: 'by your organization',
};

/** More requests came in this minute than are taken. */
export class RateLimitedError extends PlinthError {
  readonly code = 'RATE_LIMITED';
  readonly family = 'caller';
  override readonly httpStatus = 429;
  constructor(policy: string, retryAfterSeconds: number) {
    super(`Too many requests ${OF[policy] ?? ''} in this minute. Try again after the seconds that Retry-After says.`, {
      fields: { policy, retryAfterSeconds },
    });
  }
}
