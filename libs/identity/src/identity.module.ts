import { Module } from '@nestjs/common';
import { AccessStates } from './access/access-states.js';
import { Authenticator } from './access/authenticator.js';
import { AccountsService } from './accounts/accounts.service.js';
import { chooseDelivery } from './delivery/choose-delivery.js';
import { TokenDelivery } from './delivery/token-delivery.js';
import { PasswordHasher } from './passwords/password-hasher.js';
import { ProfileService } from './profile.service.js';
import { RegistrationService } from './registration.service.js';
import { SessionTokens } from './sessions/session-tokens.js';
import { SessionsService } from './sessions/sessions.service.js';
import { SignInService } from './sign-in.service.js';
import { SystemRoles } from './system-roles.service.js';
import { AccessTokens } from './tokens/access-tokens.js';

/** Who people are: registration, signing in, access tokens. Needs the global DatabaseModule with
 * the tenant and privileged pools, and the configuration area AuthConfig. */
@Module({
  providers: [
    { provide: TokenDelivery, useFactory: chooseDelivery },
    AccessStates,
    Authenticator,
    AccountsService,
    PasswordHasher,
    AccessTokens,
    SessionTokens,
    SessionsService,
    RegistrationService,
    SignInService,
    ProfileService,
    SystemRoles,
  ],
  exports: [
    AccessStates,
    Authenticator,
    TokenDelivery,
    AccountsService,
    AccessTokens,
    RegistrationService,
    SessionsService,
    SignInService,
    ProfileService,
    SystemRoles,
  ],
})
export class IdentityModule {}
