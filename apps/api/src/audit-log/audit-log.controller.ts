import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AuditLogService } from '#identity';
import { RequirePermission } from '../auth/require-permission.decorator.js';
import { ApiProblems } from '../http/api-problems.decorator.js';
import { AuditLogPage, AuditLogQuery } from './audit-log.dto.js';

/** Who did what in the organization. */
@ApiTags('Audit log')
@ApiBearerAuth()
@Controller('audit-log')
export class AuditLogController {
  constructor(private readonly log: AuditLogService) {}

  @Get()
  @RequirePermission('audit:read')
  @ApiOperation({
    summary: 'Read the audit log, newest first',
    description:
      'Entries are written with the change that they tell of, and never changed. What is asked for by anything but time and one subject is looked for in 10,000 entries at a time: such a page may be short, or empty, and still have a nextCursor.',
  })
  @ApiOkResponse({ type: AuditLogPage })
  @ApiProblems({ 400: 'a filter, limit or cursor is not valid', 401: 'no valid access token', 403: 'the permission audit:read is missing' })
  async list(@Query() { limit, cursor, ...filter }: AuditLogQuery): Promise<AuditLogPage> {
    return await this.log.list(filter, { limit, cursor });
  }
}
