import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RegistrationService, SignInService, type Device, type SignedIn } from '#identity';
import { ApiProblems } from '../http/api-problems.decorator.js';
import { ClientDevice } from './client-device.decorator.js';
import { LoginRequest, RegisterRequest, SessionResponse } from './auth.dto.js';
import { Public } from './public.decorator.js';

const BUSY = 'too many people sign in at this moment; see Retry-After';

/** Registration and signing in: the two things a person does before there is a token. */
@ApiTags('Signing in')
@Public()
@Controller('auth')
export class AuthController {
  constructor(
    private readonly registration: RegistrationService,
    private readonly signIn: SignInService,
  ) {}

  @Post('register')
  @ApiOperation({
    summary: 'Register a person and their organization',
    description:
      'Makes the account, an organization that it owns, and signs it in. A taken address is refused with 409: no e-mail is sent yet that could tell only its owner.',
  })
  @ApiCreatedResponse({ type: SessionResponse })
  @ApiProblems({ 400: 'a field is missing, unknown or not valid', 409: 'the address has an account', 503: BUSY })
  async register(@Body() body: RegisterRequest, @ClientDevice() device: Device): Promise<SessionResponse> {
    return toSession(await this.registration.register(body, device));
  }

  @Post('login')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Sign in',
    description: 'One answer, in the same time, for an unknown address, a wrong password, and an account that pauses after repeated failures (up to a minute).',
  })
  @ApiOkResponse({ type: SessionResponse })
  @ApiProblems({
    400: 'a field is missing, unknown or not valid',
    401: 'address or password is wrong',
    403: 'the account belongs to no organization',
    503: BUSY,
  })
  async login(@Body() body: LoginRequest, @ClientDevice() device: Device): Promise<SessionResponse> {
    return toSession(await this.signIn.signIn(body, device));
  }
}

function toSession(signedIn: SignedIn): SessionResponse {
  return {
    accessToken: signedIn.token,
    tokenType: 'Bearer',
    expiresIn: signedIn.expiresIn,
    refreshToken: signedIn.refreshToken,
    refreshExpiresIn: signedIn.refreshExpiresIn,
    sessionId: signedIn.sessionId,
    userId: signedIn.userId,
    organizationId: signedIn.orgId,
    role: signedIn.role,
  };
}
