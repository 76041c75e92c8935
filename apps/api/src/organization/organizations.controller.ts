import { Body, Controller, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { OrganizationsService } from '#identity';
import { CurrentUserId } from '../auth/principal.decorator.js';
import { SignedIn } from '../auth/require-permission.decorator.js';
import { ApiProblems } from '../http/api-problems.decorator.js';
import { Versioned } from '../http/etag/index.js';
import { Idempotent } from '../http/idempotency/index.js';
import { CreateOrganizationRequest, OrganizationResponse } from './organization.dto.js';

/** Further organizations of a person. */
@ApiTags('Organization')
@ApiBearerAuth()
@Controller('organizations')
export class OrganizationsController {
  constructor(private readonly organizations: OrganizationsService) {}

  @Post()
  @Idempotent()
  @Versioned()
  @SignedIn()
  @ApiOperation({
    summary: 'Make another organization',
    description: 'The caller owns it and signs in to it from then on. This session stays in its organization until it switches.',
  })
  @ApiCreatedResponse({ type: OrganizationResponse })
  @ApiProblems({ 400: 'a field is missing, unknown or not valid', 401: 'no valid access token', 403: 'an API key owns no organization' })
  async create(@CurrentUserId() userId: string, @Body() { name }: CreateOrganizationRequest): Promise<OrganizationResponse> {
    return await this.organizations.create(userId, name);
  }
}
