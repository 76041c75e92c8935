import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { SessionRenewal, SessionsService, SignInService, type Device, type SessionHolder } from '#identity';
import { ApiProblems } from '../http/api-problems.decorator.js';
import { LoginRequest, RefreshRequest, SessionResponse, SwitchOrganizationRequest } from './auth.dto.js';
import { ClientDevice } from './client-device.decorator.js';
import { CurrentSession } from './current-session.decorator.js';
import { Public } from './public.decorator.js';
import { SignedIn } from './require-permission.decorator.js';
import { toSession } from './to-session.js';

const BUSY = 'PASSWORD_HASHING_BUSY: too many people sign in at this moment; see Retry-After';
const BAD_FIELD = 'a field is missing, unknown or not valid';

/** The life of a session: signing in, refreshing, going to another organization, signing out. */
@ApiTags('Signing in')
@Controller('auth')
export class AuthController {
  constructor(
    private readonly signIn: SignInService,
    private readonly sessions: SessionsService,
    private readonly renewal: SessionRenewal,
  ) {}

  @Post('login')
  @Public()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Sign in',
    description:
      'One answer, in the same time, for an unknown address, a wrong password, a deactivated account, and a pause after repeated failures. After five failures from one network an address pauses there, for up to a minute; other networks go on.',
  })
  @ApiOkResponse({ type: SessionResponse })
  @ApiProblems({
    400: BAD_FIELD,
    401: 'INVALID_CREDENTIALS: address or password is wrong',
    403: 'NO_ORGANIZATION: the account belongs to no organization',
    503: BUSY,
  })
  async login(@Body() body: LoginRequest, @ClientDevice() device: Device): Promise<SessionResponse> {
    return toSession(await this.signIn.signIn(body, device));
  }

  @Post('refresh')
  @Public()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Exchange a refresh token for a new pair of tokens',
    description:
      'Role, membership and the states of person and organization are read anew. A refresh token is good for one exchange; within a short grace (REFRESH_GRACE_SECONDS) it gives another pair, for two tabs that refresh at once. Coming back later it was copied, and the session ends for everybody.',
  })
  @ApiOkResponse({ type: SessionResponse })
  @ApiProblems({
    400: BAD_FIELD,
    401: 'REFRESH_TOKEN_INVALID: unknown, expired or revoked, or person, membership or organization is no longer active; REFRESH_TOKEN_REUSED: it was exchanged before',
  })
  async refresh(@Body() { refreshToken }: RefreshRequest, @ClientDevice() device: Device): Promise<SessionResponse> {
    return toSession(await this.renewal.refresh(refreshToken, device));
  }

  @Post('logout')
  @SignedIn({ evenSuspended: true })
  @ApiBearerAuth()
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign out', description: 'Ends the session of the access token: its refresh tokens at once, its access tokens within seconds.' })
  @ApiNoContentResponse({ description: 'The session has ended.' })
  @ApiProblems({ 401: 'no valid access token, or the session has ended before' })
  async logout(@CurrentSession() { userId, sessionId }: SessionHolder): Promise<void> {
    await this.sessions.end(userId, sessionId);
  }

  @Post('switch')
  @SignedIn({ evenSuspended: true })
  @ApiBearerAuth()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Go to another organization',
    description:
      'Gives a new pair of tokens of the same session for an active organization one belongs to, where one also signs in to from then on. The refresh tokens of the session until now are exchanged with it.',
  })
  @ApiOkResponse({ type: SessionResponse })
  @ApiProblems({ 400: BAD_FIELD, 401: 'no valid access token', 404: 'ORGANIZATION_NOT_FOUND: there is no such active organization that one belongs to' })
  async switch(
    @Body() { organizationId }: SwitchOrganizationRequest,
    @CurrentSession() holder: SessionHolder,
    @ClientDevice() device: Device,
  ): Promise<SessionResponse> {
    return toSession(await this.renewal.switch(holder, organizationId, device));
  }
}
