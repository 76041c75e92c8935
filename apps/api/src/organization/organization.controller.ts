import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { OrganizationsService } from '#identity';
import { RequirePermission } from '../auth/require-permission.decorator.js';
import { ApiProblems } from '../http/api-problems.decorator.js';
import { IfMatch, Versioned } from '../http/etag/index.js';
import { OrganizationResponse, UpdateOrganizationRequest } from './organization.dto.js';

/** The organization of the session. */
@ApiTags('Organization')
@ApiBearerAuth()
@Controller('organization')
export class OrganizationController {
  constructor(private readonly organizations: OrganizationsService) {}

  @Get()
  @Versioned()
  @RequirePermission('organization:read')
  @ApiOperation({ summary: 'The current organization', description: 'The ETag is what a change of it needs as If-Match.' })
  @ApiOkResponse({ type: OrganizationResponse })
  @ApiProblems({ 401: 'no valid access token', 403: 'the permission organization:read is missing' })
  async get(): Promise<OrganizationResponse> {
    return await this.organizations.current();
  }

  @Patch()
  @Versioned()
  @RequirePermission('organization:update')
  @ApiOperation({ summary: 'Change the current organization', description: 'What is left out stays. Settings are replaced as a whole.' })
  @ApiOkResponse({ type: OrganizationResponse })
  @ApiProblems({
    400: 'a field is unknown or not valid, or If-Match is no ETag',
    401: 'no valid access token',
    403: 'the permission organization:update is missing',
    409: 'SLUG_TAKEN: another organization has the slug',
    412: 'the organization has changed since',
    428: 'If-Match is missing',
  })
  async change(@IfMatch() version: number, @Body() body: UpdateOrganizationRequest): Promise<OrganizationResponse> {
    return await this.organizations.change(version, body);
  }
}
