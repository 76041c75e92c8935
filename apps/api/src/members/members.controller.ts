import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { MembersService } from '#identity';
import { RequirePermission, SignedIn } from '../auth/require-permission.decorator.js';
import { ApiProblems } from '../http/api-problems.decorator.js';
import { PageQuery } from '../http/paging.dto.js';
import { MemberPage, MemberResponse, UpdateMemberRequest, UserIdParameter } from './members.dto.js';

const UNAUTHENTICATED = 'no valid access token';
const BAD_ID = 'the id is no UUID';
const NOT_FOUND = 'MEMBER_NOT_FOUND: nobody with this id belongs to the organization';
const LAST_OWNER = 'LAST_OWNER: this is the last active OWNER';

/** Who belongs to the organization, and as what. */
@ApiTags('Members')
@ApiBearerAuth()
@Controller('members')
export class MembersController {
  constructor(private readonly members: MembersService) {}

  @Get()
  @RequirePermission('member:read')
  @ApiOperation({ summary: 'List the members', description: 'Those first who have had an account longest.' })
  @ApiOkResponse({ type: MemberPage })
  @ApiProblems({ 400: 'limit or cursor is not valid', 401: UNAUTHENTICATED, 403: 'the permission member:read is missing' })
  async list(@Query() query: PageQuery): Promise<MemberPage> {
    return await this.members.list(query);
  }

  @Post('leave')
  @HttpCode(204)
  @SignedIn()
  @ApiOperation({
    summary: 'Leave the organization',
    description: 'What the caller made stays, but for pending invitations, which are revoked. The last active OWNER cannot leave.',
  })
  @ApiNoContentResponse({ description: 'The caller belongs to it no more.' })
  @ApiProblems({ 401: UNAUTHENTICATED, 403: 'an API key belongs to no organization', 409: LAST_OWNER })
  async leave(): Promise<void> {
    await this.members.leave();
  }

  @Get(':userId')
  @RequirePermission('member:read')
  @ApiOperation({ summary: 'One member' })
  @ApiOkResponse({ type: MemberResponse })
  @ApiProblems({ 400: BAD_ID, 401: UNAUTHENTICATED, 403: 'the permission member:read is missing', 404: NOT_FOUND })
  async get(@Param() { userId }: UserIdParameter): Promise<MemberResponse> {
    return await this.members.get(userId);
  }

  @Patch(':userId')
  @RequirePermission('member:update')
  @ApiOperation({
    summary: 'Change role and permissions of a member',
    description:
      'Nobody gives what they do not have, or changes somebody stronger. Pending invitations of the member to a stronger role than the new one are revoked. It takes effect everywhere within 5 seconds.',
  })
  @ApiOkResponse({ type: MemberResponse })
  @ApiProblems({
    400: 'a field is unknown or not valid',
    401: UNAUTHENTICATED,
    403: 'the permission member:update is missing, or the caller does not have what is given (ROLE_NOT_GRANTABLE)',
    404: NOT_FOUND,
    409: LAST_OWNER,
  })
  async change(@Param() { userId }: UserIdParameter, @Body() body: UpdateMemberRequest): Promise<MemberResponse> {
    return await this.members.change(userId, body);
  }

  @Delete(':userId')
  @HttpCode(204)
  @RequirePermission('member:remove')
  @ApiOperation({
    summary: 'Remove a member',
    description: 'What they made stays, but for pending invitations, which are revoked. Their sessions in this organization end within 5 seconds.',
  })
  @ApiNoContentResponse({ description: 'They belong to it no more.' })
  @ApiProblems({
    400: BAD_ID,
    401: UNAUTHENTICATED,
    403: 'the permission member:remove is missing, or the member is stronger than the caller (ROLE_NOT_GRANTABLE)',
    404: NOT_FOUND,
    409: LAST_OWNER,
  })
  async remove(@Param() { userId }: UserIdParameter): Promise<void> {
    await this.members.remove(userId);
  }
}
