import * as door from './index.js';

it('the door offers what it says, and nothing by accident', () => {
  expect(Object.keys(door).sort()).toEqual([
    'AUDIENCE',
    'AccessTokens',
    'AccountsService',
    'DELIVERY_PURPOSES',
    'EmailTakenError',
    'IdentityModule',
    'InvalidCredentialsError',
    'LONGEST_PASSWORD',
    'MailNotConfiguredError',
    'NoOrganizationError',
    'PasswordHasher',
    'PasswordHashingBusyError',
    'PasswordLengthError',
    'ProfileService',
    'RegistrationService',
    'SHORTEST_PASSWORD',
    'SessionEndedError',
    'SessionsService',
    'SignInService',
    'SystemRoles',
    'TokenDelivery',
    'TokenExpiredError',
    'TokenInvalidError',
  ]);
});
