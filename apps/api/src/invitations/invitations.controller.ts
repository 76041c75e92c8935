import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { InvitationsService, ProfileService } from '#identity';
import { CurrentUserId } from '../auth/principal.decorator.js';
import { RequirePermission, SignedIn } from '../auth/require-permission.decorator.js';
import { ApiProblems } from '../http/api-problems.decorator.js';
import { Idempotent } from '../http/idempotency/index.js';
import { IdParameter } from '../http/paging.dto.js';
import {
  AcceptInvitationRequest,
  CreateInvitationRequest,
  InvitationAcceptedResponse,
  InvitationPage,
  InvitationQuery,
  InvitationResponse,
} from './invitations.dto.js';

const UNAUTHENTICATED = 'no valid access token';
const FORBIDDEN = 'the permission member:invite is missing';

/** Asking people to join the organization, and joining one. */
@ApiTags('Invitations')
@ApiBearerAuth()
@Controller('invitations')
export class InvitationsController {
  constructor(
    private readonly invitations: InvitationsService,
    private readonly profiles: ProfileService,
  ) {}

  @Post()
  @Idempotent()
  @RequirePermission('member:invite')
  @ApiOperation({
    summary: 'Invite an address',
    description:
      'The token goes to the address and to nobody else. Inviting an address again renews the pending invitation of the caller, or replaces that of somebody else: the token sent before ends. It is revoked when the caller leaves or is removed, or may grant its role no more.',
  })
  @ApiCreatedResponse({ type: InvitationResponse })
  @ApiProblems({
    400: 'a field is missing, unknown or not valid',
    401: UNAUTHENTICATED,
    403: `${FORBIDDEN}, or the role is stronger than the caller (ROLE_NOT_GRANTABLE)`,
    409: 'ALREADY_MEMBER: a member has this address',
    503: 'MAIL_NOT_CONFIGURED: this installation sends no mail',
  })
  async create(@Body() body: CreateInvitationRequest): Promise<InvitationResponse> {
    return await this.invitations.invite(body);
  }

  @Get()
  @RequirePermission('member:invite')
  @ApiOperation({ summary: 'List the invitations, newest first' })
  @ApiOkResponse({ type: InvitationPage })
  @ApiProblems({ 400: 'limit, cursor or status is not valid', 401: UNAUTHENTICATED, 403: FORBIDDEN })
  async list(@Query() { status, ...page }: InvitationQuery): Promise<InvitationPage> {
    return await this.invitations.list(page, status);
  }

  @Post('accept')
  @HttpCode(200)
  @SignedIn()
  @ApiOperation({
    summary: 'Accept an invitation',
    description: 'Makes the caller a member of the organization that the token names. This session stays in its organization until it switches.',
  })
  @ApiOkResponse({ type: InvitationAcceptedResponse })
  @ApiProblems({
    400: 'a field is missing, unknown or not valid',
    401: UNAUTHENTICATED,
    403: 'INVITATION_FOR_SOMEBODY_ELSE: the invitation was sent to another address, or the caller is an API key',
    404: 'INVITATION_TOKEN_INVALID: the token is not valid, or no longer',
    409: 'ALREADY_MEMBER: the caller belongs to the organization already',
  })
  async accept(@CurrentUserId() userId: string, @Body() { token }: AcceptInvitationRequest): Promise<InvitationAcceptedResponse> {
    const { email } = await this.profiles.profile(userId);
    const { organizationId, role } = await this.invitations.accept(token, { userId, email });
    return { organizationId, role };
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission('member:invite')
  @ApiOperation({ summary: 'Take back an invitation' })
  @ApiNoContentResponse({ description: 'Its token is good for nothing.' })
  @ApiProblems({
    400: 'the id is no UUID',
    401: UNAUTHENTICATED,
    403: `${FORBIDDEN}, or its role is stronger than the caller (ROLE_NOT_GRANTABLE)`,
    404: 'INVITATION_NOT_FOUND: none is pending under this id',
  })
  async revoke(@Param() { id }: IdParameter): Promise<void> {
    await this.invitations.revoke(id);
  }
}
