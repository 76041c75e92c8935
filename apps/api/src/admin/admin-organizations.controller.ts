import { Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { SystemOrganizationsService, type SystemUse } from '#identity';
import { ApiProblems } from '../http/api-problems.decorator.js';
import { IdParameter } from '../http/paging.dto.js';
import { AdminController } from './admin-controller.decorator.js';
import { SystemOrganizationPage, SystemOrganizationQuery, SystemOrganizationResponse, toOrganization } from './organizations.dto.js';
import { CurrentSystemUse } from './system-use.decorator.js';

const NOT_FOUND = 'ORGANIZATION_NOT_FOUND: there is no such organization';
const ERASING = 'ORGANIZATION_ERASING: the organization is being erased';

/** All organizations, for those who run the platform. */
@AdminController('organizations')
export class AdminOrganizationsController {
  constructor(private readonly organizations: SystemOrganizationsService) {}

  @Get()
  @ApiOperation({ summary: 'List all organizations, oldest first' })
  @ApiOkResponse({ type: SystemOrganizationPage })
  async list(@CurrentSystemUse() use: SystemUse, @Query() query: SystemOrganizationQuery): Promise<SystemOrganizationPage> {
    const { items, nextCursor } = await this.organizations.list(use, query);
    return { items: items.map(toOrganization), nextCursor };
  }

  @Post(':id/suspend')
  @HttpCode(200)
  @ApiOperation({ summary: 'Suspend an organization', description: 'Nobody reaches anything of it, everywhere within 5 seconds. Nothing is lost.' })
  @ApiOkResponse({ type: SystemOrganizationResponse })
  @ApiProblems({ 404: NOT_FOUND, 409: ERASING })
  async suspend(@CurrentSystemUse() use: SystemUse, @Param() { id }: IdParameter): Promise<SystemOrganizationResponse> {
    return toOrganization(await this.organizations.suspend(use, id));
  }

  @Post(':id/reactivate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Let everybody back into a suspended organization' })
  @ApiOkResponse({ type: SystemOrganizationResponse })
  @ApiProblems({ 404: NOT_FOUND, 409: ERASING })
  async reactivate(@CurrentSystemUse() use: SystemUse, @Param() { id }: IdParameter): Promise<SystemOrganizationResponse> {
    return toOrganization(await this.organizations.reactivate(use, id));
  }
}
