import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ProfileService } from '#identity';
import { CurrentUserId } from '../auth/principal.decorator.js';
import { SignedIn } from '../auth/require-permission.decorator.js';
import { ApiProblems } from '../http/api-problems.decorator.js';
import { MeResponse } from './me.dto.js';
import { toMe } from './to-me.js';

/** The signed-in person. */
@ApiTags('Signing in')
@ApiBearerAuth()
@Controller('me')
export class MeController {
  constructor(private readonly profiles: ProfileService) {}

  @Get()
  @SignedIn()
  @ApiOperation({ summary: 'Who am I, and in which organization' })
  @ApiOkResponse({ type: MeResponse })
  @ApiProblems({ 401: 'no valid token, or the account or membership has ended' })
  async me(@CurrentUserId() userId: string): Promise<MeResponse> {
    return toMe(await this.profiles.profile(userId));
  }
}
