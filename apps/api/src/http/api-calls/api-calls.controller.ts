import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { TenantConnection, type ApiCall } from '#database';
import { pageOfApiCalls } from '#service';
import { RequirePermission } from '../../auth/require-permission.decorator.js';
import { ApiProblems } from '../api-problems.decorator.js';
import { PageQuery, USUAL_PAGE } from '../paging.dto.js';
import { ApiCallPage, type ApiCallResponse } from './api-calls.dto.js';

/** The requests that an organization's users and API keys have made. */
@ApiTags('API calls')
@ApiBearerAuth()
@Controller('api-calls')
export class ApiCallsController {
  constructor(private readonly db: TenantConnection) {}

  @Get()
  @RequirePermission('audit:read')
  @ApiOperation({ summary: 'List the requests, newest first', description: 'Written a moment after the request, and kept for a limited number of days.' })
  @ApiOkResponse({ type: ApiCallPage })
  @ApiProblems({ 400: 'limit or cursor is not valid', 401: 'no valid access token', 403: 'the permission audit:read is missing' })
  async list(@Query() { limit = USUAL_PAGE, cursor }: PageQuery): Promise<ApiCallPage> {
    const { items, nextCursor } = await pageOfApiCalls(this.db, { limit, cursor });
    return { items: items.map(toResponse), nextCursor };
  }
}

function toResponse({ id, userId, apiKeyId, method, route, statusCode, durationMs, requestId, ip, userAgent, createdAt }: ApiCall): ApiCallResponse {
  return { id, userId, apiKeyId, method, route, statusCode, durationMs, requestId, ip, userAgent, createdAt };
}
