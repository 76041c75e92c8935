import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { currentContext } from '#database';
import { SessionsService } from '#identity';
import { CurrentUserId } from '../auth/principal.decorator.js';
import { SignedIn } from '../auth/require-permission.decorator.js';
import { ApiProblems } from '../http/api-problems.decorator.js';
import { MyMembershipsResponse } from './sessions.dto.js';

/** The organizations that the caller belongs to, and may go to. */
@ApiTags('Signing in')
@ApiBearerAuth()
@Controller('me/organizations')
export class MyOrganizationsController {
  constructor(private readonly sessions: SessionsService) {}

  @Get()
  @SignedIn({ evenSuspended: true })
  @ApiOperation({
    summary: 'Which organizations do I belong to',
    description: 'All of them, the one joined first leading. POST /v1/auth/switch goes to another.',
  })
  @ApiOkResponse({ type: MyMembershipsResponse })
  @ApiProblems({ 401: 'no valid access token' })
  async list(@CurrentUserId() userId: string): Promise<MyMembershipsResponse> {
    const current = currentContext()?.principal?.orgId;
    const rows = await this.sessions.organizations(userId);
    const items = rows.map(({ org_id: id, name, slug, status, role, joined_at: joinedAt }) => ({
      id,
      name,
      slug,
      status,
      role,
      joinedAt,
      current: id === current,
    }));
    return { items };
  }
}
