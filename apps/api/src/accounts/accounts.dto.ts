import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsEmail, IsNotEmpty, IsString, Length, MaxLength } from 'class-validator';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '#identity';
import { trimmed } from '../http/transforms.js';

const LONGEST_NAME = 255;
const LONGEST_TOKEN = 255;

const Address = (description = 'Kept in lower case.'): PropertyDecorator =>
  applyDecorators(ApiProperty({ example: 'ada@example.com', maxLength: 255, description }), Transform(trimmed), IsEmail(), MaxLength(255));

const NewPassword = (): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ example: 'correct horse battery staple', minLength: SHORTEST_PASSWORD, maxLength: LONGEST_PASSWORD }),
    IsString(),
    Length(SHORTEST_PASSWORD, LONGEST_PASSWORD),
  );

const KnownPassword = (description?: string): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ example: 'correct horse battery staple', minLength: 1, maxLength: LONGEST_PASSWORD, ...(description === undefined ? {} : { description }) }),
    IsString(),
    Length(1, LONGEST_PASSWORD),
  );

const Name = (example: string, description: string): PropertyDecorator =>
  applyDecorators(ApiProperty({ example, maxLength: LONGEST_NAME, description }), Transform(trimmed), IsString(), IsNotEmpty(), MaxLength(LONGEST_NAME));

const Token = (example: string, description: string): PropertyDecorator =>
  applyDecorators(ApiProperty({ example, maxLength: LONGEST_TOKEN, description }), Transform(trimmed), IsString(), IsNotEmpty(), MaxLength(LONGEST_TOKEN));

const EXAMPLE_TOKEN = 'plt_bm90IGEgcmVhbCB0b2tlbiBidXQgYXMgbG9uZyBhcyBvbmU';
const EXAMPLE_INVITATION = 'pli_0199a7c43d527c1e9d2b8f6f3c1a2b3d.0199a7c43d527c1e9d2b8f6f3c1a2b3c.bm90IGEgcmVhbCB0b2tlbiBidXQgYXMgbG9uZyBhcyBvbmU';
const WHAT_WAS_SENT = 'What was sent to the address. Good once.';

export class RegisterRequest {
  @Address()
  readonly email: string;

  @NewPassword()
  readonly password: string;

  @Name('Ada Lovelace', 'What the person is called.')
  readonly name: string;

  @Name('Analytical Engines', 'The organization that is made with the account. Its slug is derived from the name.')
  readonly organizationName: string;
}

export class RegisterInvitedRequest {
  @Token(EXAMPLE_INVITATION, 'What was sent to the address that is invited. Good once.')
  readonly token: string;

  @NewPassword()
  readonly password: string;

  @Name('Ada Lovelace', 'What the person is called.')
  readonly name: string;
}

export class VerifyRegistrationRequest {
  @Token(EXAMPLE_TOKEN, WHAT_WAS_SENT)
  readonly token: string;

  @KnownPassword('The one that was chosen when registering.')
  readonly password: string;
}

export class TokenRequest {
  @Token(EXAMPLE_TOKEN, WHAT_WAS_SENT)
  readonly token: string;
}

export class PasswordResetRequest {
  @Address('The address of the account.')
  readonly email: string;
}

export class ConfirmPasswordResetRequest {
  @Token(EXAMPLE_TOKEN, WHAT_WAS_SENT)
  readonly token: string;

  @NewPassword()
  readonly password: string;
}

export class ChangePasswordRequest {
  @KnownPassword()
  readonly currentPassword: string;

  @NewPassword()
  readonly newPassword: string;
}

export class ChangeAddressRequest {
  @Address('The new address. Kept in lower case.')
  readonly email: string;

  @KnownPassword()
  readonly password: string;
}

export class RenameRequest {
  @Name('Ada Lovelace', 'What the person is called, in every organization.')
  readonly name: string;
}

/** The one answer to everything that may send a message to an address. */
export class CheckYourMailResponse {
  @ApiProperty({ example: 'check-your-mail', enum: ['check-your-mail'] })
  readonly status: 'check-your-mail';
}
