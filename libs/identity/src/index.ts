export { IdentityModule } from './identity.module.js';
export { ACCESS_CACHE_SECONDS, AccessStates, type AccessState } from './access/access-states.js';
export { Authenticator, type Caller } from './access/authenticator.js';
export { OrganizationSuspendedError, PermissionDeniedError, PersonRequiredError } from './access/errors.js';
export { effectivePermissions, isPermission, permissionsOfRole } from './access/permissions.js';
export { AccountsService, type AccountFacts, type MadeAccount } from './accounts/accounts.service.js';
export { TokenDelivery, DELIVERY_PURPOSES, type Delivery, type DeliveryPurpose } from './delivery/token-delivery.js';
export { MailNotConfiguredError } from './delivery/errors.js';
export { RegistrationService, type Registration } from './registration.service.js';
export { SignInService, type Credentials } from './sign-in.service.js';
export { SessionsService } from './sessions/sessions.service.js';
export type { Device, SessionSubject, SignedIn } from './sessions/signed-in.js';
export { ProfileService } from './profile.service.js';
export { SystemRoles } from './system-roles.service.js';
export type { ProfileRow } from './persistence/profiles.js';
export { AccessTokens, AUDIENCE, type AccessToken, type TokenSubject } from './tokens/access-tokens.js';
export { PasswordHasher, SHORTEST_PASSWORD, LONGEST_PASSWORD } from './passwords/password-hasher.js';
export {
  EmailTakenError,
  InvalidCredentialsError,
  NoOrganizationError,
  PasswordHashingBusyError,
  PasswordLengthError,
  SessionEndedError,
  TokenExpiredError,
  TokenInvalidError,
} from './errors.js';
