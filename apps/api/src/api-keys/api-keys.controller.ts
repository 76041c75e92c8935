import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiKeysService } from '#identity';
import { RequirePermission } from '../auth/require-permission.decorator.js';
import { ApiProblems } from '../http/api-problems.decorator.js';
import { IdParameter, PageQuery } from '../http/paging.dto.js';
import { ApiKeyPage, ApiKeyResponse, CreateApiKeyRequest, CreatedApiKeyResponse } from './api-keys.dto.js';

const UNAUTHENTICATED = 'no valid access token or API key';
const BAD_ID = 'the id is no UUID';
const NOT_FOUND = 'API_KEY_NOT_FOUND: there is no such key in this organization';

/** The keys with which programs act for an organization. */
@ApiTags('API keys')
@ApiBearerAuth()
@Controller('api-keys')
export class ApiKeysController {
  constructor(private readonly apiKeys: ApiKeysService) {}

  /** Takes no Idempotency-Key: a repeated answer would have to be kept, and with it the key. */
  @Post()
  @RequirePermission('api_key:manage')
  @ApiOperation({
    summary: 'Create an API key',
    description:
      'The answer shows the key, this once. It may do some of what you may do yourself, and belongs to the organization: it works on when you leave.',
  })
  @ApiCreatedResponse({ type: CreatedApiKeyResponse })
  @ApiProblems({
    400: 'a field is missing, unknown or not valid, or a scope is no permission',
    401: UNAUTHENTICATED,
    422: 'SCOPE_NOT_HELD: a scope is not yours to give; API_KEY_EXPIRY_PAST: expiresAt is past',
  })
  async create(@Body() body: CreateApiKeyRequest): Promise<CreatedApiKeyResponse> {
    return await this.apiKeys.create(body);
  }

  @Get()
  @RequirePermission('api_key:read')
  @ApiOperation({ summary: 'List the API keys, oldest first', description: 'Revoked and expired ones too.' })
  @ApiOkResponse({ type: ApiKeyPage })
  @ApiProblems({ 400: 'limit or cursor is not valid', 401: UNAUTHENTICATED })
  async list(@Query() query: PageQuery): Promise<ApiKeyPage> {
    return await this.apiKeys.list(query);
  }

  @Get(':id')
  @RequirePermission('api_key:read')
  @ApiOperation({ summary: 'One API key, without its secret' })
  @ApiOkResponse({ type: ApiKeyResponse })
  @ApiProblems({ 400: BAD_ID, 401: UNAUTHENTICATED, 404: NOT_FOUND })
  async get(@Param() { id }: IdParameter): Promise<ApiKeyResponse> {
    return await this.apiKeys.get(id);
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission('api_key:manage')
  @ApiOperation({ summary: 'Revoke an API key', description: 'It is refused everywhere within 5 seconds, for good. The list goes on showing it.' })
  @ApiNoContentResponse({ description: 'It is revoked.' })
  @ApiProblems({ 400: BAD_ID, 401: UNAUTHENTICATED, 404: NOT_FOUND })
  async revoke(@Param() { id }: IdParameter): Promise<void> {
    await this.apiKeys.revoke(id);
  }
}
