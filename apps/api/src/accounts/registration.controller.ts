import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { InvitedRegistrationService, RegistrationService, SessionsService, type Device } from '#identity';
import { SessionResponse } from '../auth/auth.dto.js';
import { ClientDevice } from '../auth/client-device.decorator.js';
import { Public } from '../auth/public.decorator.js';
import { toSession } from '../auth/to-session.js';
import { ApiProblems } from '../http/api-problems.decorator.js';
import { CheckYourMailResponse, RegisterInvitedRequest, RegisterRequest, VerifyRegistrationRequest } from './accounts.dto.js';
import { BAD_FIELD, BAD_TOKEN_OR_PASSWORD, BUSY, BUSY_OR_NO_MAIL, CHECK_YOUR_MAIL } from './answers.js';

/** Getting an account. */
@ApiTags('Accounts')
@Public()
@Controller('auth')
export class RegistrationController {
  constructor(
    private readonly registration: RegistrationService,
    private readonly invited: InvitedRegistrationService,
    private readonly sessions: SessionsService,
  ) {}

  @Post('register')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Ask for an account and an organization',
    description:
      'Sends a token to the address, which POST /v1/auth/verify takes with the password; nothing is made before. An address that has an account is told so by mail. The answer is the same, in the same time.',
  })
  @ApiAcceptedResponse({ type: CheckYourMailResponse })
  @ApiProblems({ 400: BAD_FIELD, 403: 'REGISTRATION_CLOSED: registration is closed', 503: BUSY_OR_NO_MAIL })
  async register(@Body() body: RegisterRequest): Promise<CheckYourMailResponse> {
    await this.registration.register(body);
    return CHECK_YOUR_MAIL;
  }

  @Post('verify')
  @ApiOperation({
    summary: 'Prove the address and sign in',
    description:
      'Makes the account and its organization, once. Takes the password of the registration too, so that nobody gets an account whose password somebody else chose. A wrong one leaves the token good; after several it pauses for up to a minute.',
  })
  @ApiCreatedResponse({ type: SessionResponse })
  @ApiProblems({ 400: BAD_TOKEN_OR_PASSWORD, 503: BUSY })
  async verify(@Body() { token, password }: VerifyRegistrationRequest, @ClientDevice() device: Device): Promise<SessionResponse> {
    return toSession(await this.sessions.open(await this.registration.verify({ token, password }), device));
  }

  @Post('register-invited')
  @ApiOperation({
    summary: 'Make an account by an invitation and sign in',
    description: 'For a person without an account. The invitation proves the address. Works also where registration is closed.',
  })
  @ApiCreatedResponse({ type: SessionResponse })
  @ApiProblems({
    400: BAD_FIELD,
    404: 'INVITATION_TOKEN_INVALID: the invitation is not valid, or no longer',
    409: 'EMAIL_TAKEN: the address has an account: sign in and accept',
    503: BUSY,
  })
  async registerInvited(@Body() { token, password, name }: RegisterInvitedRequest, @ClientDevice() device: Device): Promise<SessionResponse> {
    return toSession(await this.sessions.open(await this.invited.register({ token, password, name }), device));
  }
}
