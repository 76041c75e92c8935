import { Module } from '@nestjs/common';
import { AccessStates } from './access/access-states.js';
import { Authenticator } from './access/authenticator.js';
import { ApiKeyUses } from './api-keys/api-key-uses.js';
import { ApiKeyVerifier } from './api-keys/api-key-verifier.js';
import { ApiKeysService } from './api-keys/api-keys.service.js';
import { AccountsService } from './accounts/accounts.service.js';
import { AddressService } from './accounts/address.service.js';
import { InvitedRegistrationService } from './accounts/invited-registration.service.js';
import { PasswordProof } from './accounts/password-proof.js';
import { PasswordService } from './accounts/password.service.js';
import { RegistrationService } from './accounts/registration.service.js';
import { AuditLogService } from './audit/audit-log.service.js';
import { chooseDelivery } from './delivery/choose-delivery.js';
import { TokenDelivery } from './delivery/token-delivery.js';
import { InvitationsService } from './invitations/invitations.service.js';
import { MembersService } from './members/members.service.js';
import { OrganizationsService } from './organizations/organizations.service.js';
import { PasswordHasher } from './passwords/password-hasher.js';
import { ProfileService } from './profile.service.js';
import { SessionRenewal } from './sessions/session-renewal.service.js';
import { SessionTokens } from './sessions/session-tokens.js';
import { SessionsService } from './sessions/sessions.service.js';
import { SignInService } from './sign-in/sign-in.service.js';
import { SystemOrganizationsService } from './system-admin/system-organizations.service.js';
import { SystemUsersService } from './system-admin/system-users.service.js';
import { UserRemovalService } from './system-admin/user-removal.service.js';
import { SystemRoles } from './system-roles.service.js';
import { AccessTokens } from './tokens/access-tokens.js';

/** Who people are: registration, signing in, access tokens. Needs the global DatabaseModule with
 * the tenant and privileged pools, and the configuration areas AuthConfig and InvitationConfig. */
@Module({
  providers: [
    { provide: TokenDelivery, useFactory: chooseDelivery },
    AccessStates,
    Authenticator,
    ApiKeyUses,
    ApiKeyVerifier,
    ApiKeysService,
    AccountsService,
    AddressService,
    InvitedRegistrationService,
    PasswordProof,
    PasswordService,
    PasswordHasher,
    AccessTokens,
    SessionTokens,
    SessionsService,
    SessionRenewal,
    RegistrationService,
    SignInService,
    ProfileService,
    SystemRoles,
    SystemOrganizationsService,
    SystemUsersService,
    UserRemovalService,
    OrganizationsService,
    MembersService,
    InvitationsService,
    AuditLogService,
  ],
  exports: [
    AccessStates,
    Authenticator,
    ApiKeysService,
    TokenDelivery,
    AccountsService,
    AddressService,
    InvitedRegistrationService,
    PasswordService,
    AccessTokens,
    RegistrationService,
    SessionsService,
    SessionRenewal,
    SignInService,
    ProfileService,
    SystemRoles,
    SystemOrganizationsService,
    SystemUsersService,
    UserRemovalService,
    OrganizationsService,
    MembersService,
    InvitationsService,
    AuditLogService,
  ],
})
export class IdentityModule {}
