export { IdentityModule } from './identity.module.js';
export { ACCESS_CACHE_SECONDS, AccessStates, type AccessState } from './access/access-states.js';
export { Authenticator } from './access/authenticator.js';
export type { Caller } from './access/caller.js';
export { ApiKeyExpiryPastError, ApiKeyInvalidError, ApiKeyNotFoundError, ScopeNotHeldError } from './api-keys/errors.js';
export { ApiKeysService, type ApiKeyView, type CreatedApiKey, type NewApiKey } from './api-keys/api-keys.service.js';
export { OrganizationSuspendedError, PermissionDeniedError, PersonRequiredError } from './access/errors.js';
export { AccountsService, type AccountFacts, type MadeAccount } from './accounts/accounts.service.js';
export { AddressService } from './accounts/address.service.js';
export { OneTimeTokenInvalidError, RegistrationClosedError, WrongPasswordError } from './accounts/errors.js';
export { InvitedRegistrationService, type InvitedPerson } from './accounts/invited-registration.service.js';
export { PasswordService } from './accounts/password.service.js';
export { RegistrationService, type RegistrationProof } from './accounts/registration.service.js';
export { purgeOneTimeTokens } from './persistence/one-time-tokens.js';
export { purgeRegistrations } from './persistence/registrations.js';
export { TokenDelivery, DELIVERY_PURPOSES, type Delivery, type DeliveryPurpose } from './delivery/token-delivery.js';
export { MailNotConfiguredError } from './delivery/errors.js';
export { SignInService, type Credentials } from './sign-in/sign-in.service.js';
export { SessionsService, type OwnSession, type SessionPage } from './sessions/sessions.service.js';
export { SessionRenewal, type SessionHolder } from './sessions/session-renewal.service.js';
export { purgeSessions } from './sessions/purge-sessions.js';
export { OrganizationNotJoinedError, RefreshTokenInvalidError, RefreshTokenReusedError, SessionNotFoundError } from './sessions/errors.js';
export type { OwnMembershipRow } from './persistence/memberships.js';
export type { Device, SessionSubject, SignedIn } from './sessions/signed-in.js';
export { ProfileService } from './profile.service.js';
export {
  DeletionUndecidedError,
  KeeperNotMemberError,
  KeeperUnfitError,
  LastOwnerOfError,
  OrganizationErasingError,
  OrganizationUnknownError,
  OwnAccountError,
  UserUnknownError,
} from './system-admin/errors.js';
export type { RemovalPreview } from './system-admin/removal-preview.js';
export { SystemOrganizationsService, type OrganizationFilter } from './system-admin/system-organizations.service.js';
export { SystemUsersService, type SystemUser, type UserFilter } from './system-admin/system-users.service.js';
export type { SystemUse } from './system-admin/system-use.js';
export { UserRemovalService, type RemovalDecision } from './system-admin/user-removal.service.js';
export type { SystemOrganizationRow, SystemUserRow } from './persistence/system-admin.js';
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
export { OrganizationsService } from './organizations/organizations.service.js';
export { SlugTakenError } from './organizations/errors.js';
export type { OrganizationView } from './organizations/views.js';
export type { OrganizationValues } from './persistence/own-organization.js';
export { MembersService, type MemberChange } from './members/members.service.js';
export { LastOwnerError, MemberNotFoundError, RoleNotGrantableError } from './members/errors.js';
export type { MemberView } from './members/views.js';
export { InvitationsService, type NewInvitation } from './invitations/invitations.service.js';
export type { Accepter, InvitationFacts } from './invitations/accept-invitation.js';
export { AlreadyMemberError, InvitationForSomebodyElseError, InvitationNotFoundError, InvitationTokenInvalidError } from './invitations/errors.js';
export type { InvitationView } from './invitations/views.js';
export type { InvitationState } from './persistence/invitations.js';
export type { PageOf, PageRequest } from './persistence/page-request.js';
export { AuditLogService, type AuditLogView } from './audit/audit-log.service.js';
export { purgeAuditLog, type AuditLogPurge, type RunBatch } from './audit/purge-audit-log.js';
export type { AuditLogFilter } from './persistence/audit-log.js';
