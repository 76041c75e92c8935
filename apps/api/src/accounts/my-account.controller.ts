import { Body, Controller, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AddressService, PasswordService, ProfileService, type Device, type SessionHolder } from '#identity';
import { ClientDevice } from '../auth/client-device.decorator.js';
import { CurrentSession } from '../auth/current-session.decorator.js';
import { CurrentUserId } from '../auth/principal.decorator.js';
import { SignedIn } from '../auth/require-permission.decorator.js';
import { ApiProblems } from '../http/api-problems.decorator.js';
import { MeResponse } from '../me/me.dto.js';
import { toMe } from '../me/to-me.js';
import { ChangeAddressRequest, ChangePasswordRequest, CheckYourMailResponse, RenameRequest } from './accounts.dto.js';
import { BAD_FIELD, BUSY, BUSY_OR_NO_MAIL, CHECK_YOUR_MAIL } from './answers.js';

const UNAUTHENTICATED = 'no valid access token, or the session has ended';
const WRONG_PASSWORD = 'WRONG_PASSWORD: the password is wrong';

/** What a signed-in person changes about themselves. */
@ApiTags('Accounts')
@ApiBearerAuth()
@Controller('me')
export class MyAccountController {
  constructor(
    private readonly profiles: ProfileService,
    private readonly passwords: PasswordService,
    private readonly addresses: AddressService,
  ) {}

  @Patch()
  @SignedIn()
  @ApiOperation({ summary: 'Change what I am called' })
  @ApiOkResponse({ type: MeResponse })
  @ApiProblems({ 400: BAD_FIELD, 401: UNAUTHENTICATED })
  async rename(@CurrentUserId() userId: string, @Body() { name }: RenameRequest): Promise<MeResponse> {
    return toMe(await this.profiles.rename(userId, name));
  }

  @Post('password')
  @SignedIn()
  @HttpCode(204)
  @ApiOperation({ summary: 'Change my password', description: 'Ends all my other sessions, and every token that was sent to me.' })
  @ApiNoContentResponse({ description: 'The password is changed.' })
  @ApiProblems({ 400: BAD_FIELD, 401: UNAUTHENTICATED, 403: WRONG_PASSWORD, 503: BUSY })
  async changePassword(@CurrentSession() session: SessionHolder, @Body() body: ChangePasswordRequest, @ClientDevice() device: Device): Promise<void> {
    await this.passwords.change(session, body, device);
  }

  @Post('address')
  @SignedIn()
  @HttpCode(202)
  @ApiOperation({
    summary: 'Change my address',
    description:
      'Sends a token to the new address, which POST /v1/auth/address/confirm takes. An address that has an account is told so by mail. The answer is the same, in the same time.',
  })
  @ApiAcceptedResponse({ type: CheckYourMailResponse })
  @ApiProblems({ 400: BAD_FIELD, 401: UNAUTHENTICATED, 403: WRONG_PASSWORD, 503: BUSY_OR_NO_MAIL })
  async changeAddress(@CurrentUserId() userId: string, @Body() body: ChangeAddressRequest, @ClientDevice() device: Device): Promise<CheckYourMailResponse> {
    await this.addresses.requestChange(userId, body, device);
    return CHECK_YOUR_MAIL;
  }
}
