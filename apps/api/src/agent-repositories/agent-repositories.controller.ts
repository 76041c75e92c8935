import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AgentRepositoriesService, settingsVersion, type AgentRepositoryView } from '#agents';
import { RequirePermission } from '../auth/require-permission.decorator.js';
import { ApiProblems } from '../http/api-problems.decorator.js';
import { IfMatch, setETag } from '../http/etag/index.js';
import { Idempotent } from '../http/idempotency/index.js';
import { IdParameter, PageQuery } from '../http/paging.dto.js';
import {
  AgentRepositoryPage,
  AgentRepositoryResponse,
  CreateAgentRepositoryRequest,
  SyncRequestedResponse,
  UpdateAgentRepositoryRequest,
} from './agent-repositories.dto.js';

const UNAUTHENTICATED = 'no valid access token';
const BAD_ID = 'the id is no UUID';
const REFUSED = 'GIT_URL_REFUSED, GIT_BRANCH_REFUSED, AGENT_DIRECTORY_REFUSED: address, branch or folder is refused';
const NOT_FOUND = 'AGENT_REPOSITORY_NOT_FOUND: there is no such repository in this organization';

/** The Git repositories in which an organization keeps its agents. */
@ApiTags('Agent repositories')
@ApiBearerAuth()
@Controller('agent-repositories')
export class AgentRepositoriesController {
  constructor(private readonly repositories: AgentRepositoriesService) {}

  @Post()
  @Idempotent()
  @RequirePermission('agent_repository:create')
  @ApiOperation({ summary: 'Register a repository', description: 'Nothing is read before a sync is asked for.' })
  @ApiCreatedResponse({ type: AgentRepositoryResponse })
  @ApiProblems({ 400: 'a field is missing, unknown or not valid', 401: UNAUTHENTICATED, 409: 'AGENT_REPOSITORY_NAME_TAKEN: the name is taken', 422: REFUSED })
  async create(@Body() body: CreateAgentRepositoryRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<AgentRepositoryResponse> {
    return tagged(reply, await this.repositories.create(body));
  }

  @Get()
  @RequirePermission('agent_repository:read')
  @ApiOperation({ summary: 'List the repositories, oldest first' })
  @ApiOkResponse({ type: AgentRepositoryPage })
  @ApiProblems({ 400: 'limit or cursor is not valid', 401: UNAUTHENTICATED })
  async list(@Query() query: PageQuery): Promise<AgentRepositoryPage> {
    return await this.repositories.list(query);
  }

  @Get(':id')
  @RequirePermission('agent_repository:read')
  @ApiOperation({ summary: 'One repository and how its last sync went' })
  @ApiOkResponse({ type: AgentRepositoryResponse })
  @ApiProblems({ 400: BAD_ID, 401: UNAUTHENTICATED, 404: NOT_FOUND })
  async get(@Param() { id }: IdParameter, @Res({ passthrough: true }) reply: FastifyReply): Promise<AgentRepositoryResponse> {
    return tagged(reply, await this.repositories.get(id));
  }

  @Patch(':id')
  @RequirePermission('agent_repository:update')
  @ApiOperation({
    summary: 'Change a repository',
    description:
      'Another address, branch or folder makes the next sync read everything anew. The ETag names the settings only: a sync in between refuses no change.',
  })
  @ApiOkResponse({ type: AgentRepositoryResponse })
  @ApiProblems({
    400: 'a field is unknown or not valid, or If-Match is',
    401: UNAUTHENTICATED,
    404: NOT_FOUND,
    409: 'AGENT_REPOSITORY_NAME_TAKEN: the name is taken',
    412: 'somebody else changed it since',
    422: REFUSED,
    428: 'If-Match is missing',
  })
  async update(
    @Param() { id }: IdParameter,
    @IfMatch() version: number,
    @Body() body: UpdateAgentRepositoryRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AgentRepositoryResponse> {
    return tagged(reply, await this.repositories.update(id, body, version));
  }

  @Delete(':id')
  @RequirePermission('agent_repository:delete')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a repository and the agents found in it' })
  @ApiNoContentResponse({ description: 'It is gone.' })
  @ApiProblems({ 400: BAD_ID, 401: UNAUTHENTICATED, 404: NOT_FOUND })
  async delete(@Param() { id }: IdParameter): Promise<void> {
    await this.repositories.delete(id);
  }

  @Post(':id/sync')
  @RequirePermission('agent_repository:sync')
  @HttpCode(202)
  @ApiOperation({ summary: 'Ask for a sync', description: 'The worker reads the repository soon. Asking again while one waits changes nothing.' })
  @ApiAcceptedResponse({ type: SyncRequestedResponse })
  @ApiProblems({ 400: BAD_ID, 401: UNAUTHENTICATED, 404: NOT_FOUND })
  async sync(@Param() { id }: IdParameter): Promise<SyncRequestedResponse> {
    await this.repositories.requestSync(id);
    return { repositoryId: id, status: 'queued' };
  }
}

function tagged(reply: FastifyReply, view: AgentRepositoryView): AgentRepositoryView {
  setETag(reply, settingsVersion(view));
  return view;
}
