import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ProfileService } from '#identity';
import { CurrentUserId } from '../auth/principal.decorator.js';
import { SignedIn } from '../auth/require-permission.decorator.js';
import { ApiProblems } from '../http/api-problems.decorator.js';
import { MeResponse } from './me.dto.js';

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
    const row = await this.profiles.profile(userId);
    return {
      id: row.user_id,
      email: row.email,
      name: row.user_name,
      emailVerifiedAt: row.email_verified_at,
      lastLoginAt: row.last_login_at,
      createdAt: row.user_created_at,
      organization: {
        id: row.organization_id,
        name: row.organization_name,
        slug: row.slug,
        role: row.role,
        permissions: row.permissions,
        joinedAt: row.joined_at,
      },
    };
  }
}
