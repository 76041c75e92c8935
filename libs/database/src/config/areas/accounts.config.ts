import { IsInt, Max, Min } from 'class-validator';
import { ConfigArea, Env } from '../registry.js';

const DAY_SECONDS = 86_400;
const LONGEST_TTL_SECONDS = 30 * DAY_SECONDS;

/** How people get an account and back into it. */
@ConfigArea('accounts', { title: 'Accounts' })
export class AccountsConfig {
  @Env('REGISTRATION_ENABLED', {
    description: 'Whether strangers may register. When not, an invitation still lets people in, and an operator makes accounts.',
  })
  readonly registrationEnabled: boolean = true;

  @Env('REGISTRATION_TTL_SECONDS', { description: 'How long the token of a registration is good for.', unit: 'seconds' })
  @IsInt()
  @Min(60)
  @Max(LONGEST_TTL_SECONDS)
  readonly registrationTtlSeconds: number = DAY_SECONDS;

  @Env('RESET_TTL_SECONDS', { description: 'How long the token of a password reset is good for.', unit: 'seconds' })
  @IsInt()
  @Min(60)
  @Max(DAY_SECONDS)
  readonly resetTtlSeconds: number = 3600;

  @Env('ADDRESS_CHANGE_TTL_SECONDS', { description: 'How long the token of a change of address is good for.', unit: 'seconds' })
  @IsInt()
  @Min(60)
  @Max(LONGEST_TTL_SECONDS)
  readonly addressChangeTtlSeconds: number = DAY_SECONDS;
}
