import { IsInt, Max, Min } from 'class-validator';
import { ConfigArea, Env } from '../registry.js';

/** No test meets a limit that it has not set. */
const OFF_IN_TESTS = { test: '0' } as const;

/** How many requests are taken in one minute, counted over all processes of the API. */
@ConfigArea('rate-limit', { title: 'Rate limits of the API' })
export class RateLimitConfig {
  @Env('RATE_LIMIT_PER_ADDRESS', {
    description: 'Requests that one address (of IPv6: one /64) may send in a minute, signed in or not. 0 sets no limit.',
    unit: 'requests per minute',
    defaults: OFF_IN_TESTS,
  })
  @IsInt()
  @Min(0)
  @Max(10_000_000)
  readonly perAddress: number = 3_000;

  @Env('RATE_LIMIT_PER_CREDENTIAL', {
    description: 'Requests that one user or API key may send in a minute. 0 sets no limit.',
    unit: 'requests per minute',
    defaults: OFF_IN_TESTS,
  })
  @IsInt()
  @Min(0)
  @Max(10_000_000)
  readonly perCredential: number = 1_200;

  @Env('RATE_LIMIT_PER_ORGANIZATION', {
    description: 'Requests that all users and API keys of one organization may send together in a minute. 0 sets no limit.',
    unit: 'requests per minute',
    defaults: OFF_IN_TESTS,
  })
  @IsInt()
  @Min(0)
  @Max(10_000_000)
  readonly perOrganization: number = 6_000;

  @Env('RATE_LIMIT_ATTEMPTS_PER_ADDRESS', {
    description:
      'Attempts to register, sign in, refresh a session or reset a password that one address may make in a minute: each is counted before it is carried out, exactly over all processes. 0 sets no limit.',
    unit: 'attempts per minute',
    defaults: OFF_IN_TESTS,
  })
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  readonly attemptsPerAddress: number = 60;
}
