import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AddressService, PasswordService, type Device } from '#identity';
import { ClientDevice } from '../auth/client-device.decorator.js';
import { Public } from '../auth/public.decorator.js';
import { ApiProblems } from '../http/api-problems.decorator.js';
import { CheckYourMailResponse, ConfirmPasswordResetRequest, PasswordResetRequest, TokenRequest } from './accounts.dto.js';
import { BAD_FIELD, BAD_TOKEN, BUSY, CHECK_YOUR_MAIL } from './answers.js';

/** What people without a session do with a token that was sent to them. */
@ApiTags('Accounts')
@Public()
@Controller('auth')
export class RecoveryController {
  constructor(
    private readonly passwords: PasswordService,
    private readonly addresses: AddressService,
  ) {}

  @Post('password-reset')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Ask for a new password',
    description: 'Sends a token to the address where it has an account. The answer is the same, in the same time, where it has none.',
  })
  @ApiAcceptedResponse({ type: CheckYourMailResponse })
  @ApiProblems({ 400: BAD_FIELD, 503: 'MAIL_NOT_CONFIGURED: the installation sends no mail' })
  async requestReset(@Body() { email }: PasswordResetRequest): Promise<CheckYourMailResponse> {
    await this.passwords.requestReset(email);
    return CHECK_YOUR_MAIL;
  }

  @Post('password-reset/confirm')
  @HttpCode(204)
  @ApiOperation({ summary: 'Set a new password', description: 'Ends all sessions of the person, and every other token that was sent to them.' })
  @ApiNoContentResponse({ description: 'The password is set.' })
  @ApiProblems({ 400: BAD_TOKEN, 503: BUSY })
  async reset(@Body() { token, password }: ConfirmPasswordResetRequest, @ClientDevice() device: Device): Promise<void> {
    await this.passwords.reset(token, password, device);
  }

  @Post('address/confirm')
  @HttpCode(204)
  @ApiOperation({ summary: 'Prove a new address', description: 'From then on the person signs in with it. The old address is told.' })
  @ApiNoContentResponse({ description: 'The address is changed.' })
  @ApiProblems({ 400: BAD_TOKEN })
  async confirmAddress(@Body() { token }: TokenRequest): Promise<void> {
    await this.addresses.confirmChange(token);
  }
}
