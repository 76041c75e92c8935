import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AgentsService } from '#agents';
import { RequirePermission } from '../auth/require-permission.decorator.js';
import { ApiProblems } from '../http/api-problems.decorator.js';
import { IfMatch, Versioned } from '../http/etag/index.js';
import { Idempotent } from '../http/idempotency/index.js';
import { IdParameter } from '../http/paging.dto.js';
import { AgentPage, AgentQuery, AgentResponse, CreateAgentRequest, DeleteAgentQuery, UpdateAgentRequest } from './agents.dto.js';

const UNAUTHENTICATED = 'no valid access token';
const FORBIDDEN = 'the caller may not do this in the organization';
const BAD_ID = 'the id is no UUID';
const NOT_FOUND = 'AGENT_NOT_FOUND: there is no such agent in this organization';
const REFUSED = 'AGENT_REFUSED: a part of the agent is larger than allowed, or cannot be used';

/** The agents that an organization runs. */
@ApiTags('Agents')
@ApiBearerAuth()
@Controller('agents')
export class AgentsController {
  constructor(private readonly agents: AgentsService) {}

  @Post()
  @RequirePermission('agent:create')
  @Idempotent()
  @Versioned()
  @ApiOperation({
    summary: 'Make an agent',
    description:
      'By hand, or from an agent found in a repository: with gitAgentId, what is not given is copied from the frontmatter of its file (name, description, model, parameters, tools, and as systemPrompt its prompt, or else the description). Later changes of the file change nothing here.',
  })
  @ApiCreatedResponse({ type: AgentResponse })
  @ApiProblems({
    400: 'a field is missing, unknown or not valid',
    401: UNAUTHENTICATED,
    403: FORBIDDEN,
    404: 'GIT_AGENT_NOT_FOUND: there is no such git agent in this organization',
    409: 'AGENT_NAME_TAKEN: the name is taken; GIT_AGENT_INACTIVE: the git agent is no longer in its repository',
    422: REFUSED,
  })
  async create(@Body() body: CreateAgentRequest): Promise<AgentResponse> {
    return await this.agents.create(body);
  }

  @Get()
  @RequirePermission('agent:read')
  @ApiOperation({ summary: 'List the agents, oldest first' })
  @ApiOkResponse({ type: AgentPage })
  @ApiProblems({
    400: 'a filter, the limit or the cursor is not valid',
    401: UNAUTHENTICATED,
    403: FORBIDDEN,
    404: 'GIT_AGENT_NOT_FOUND: there is no such git agent in this organization',
  })
  async list(@Query() { name, active, ...query }: AgentQuery): Promise<AgentPage> {
    return await this.agents.list({ ...query, namePrefix: name, isActive: active });
  }

  @Get(':id')
  @RequirePermission('agent:read')
  @Versioned()
  @ApiOperation({ summary: 'One agent' })
  @ApiOkResponse({ type: AgentResponse })
  @ApiProblems({ 400: BAD_ID, 401: UNAUTHENTICATED, 403: FORBIDDEN, 404: NOT_FOUND })
  async get(@Param() { id }: IdParameter): Promise<AgentResponse> {
    return await this.agents.get(id);
  }

  @Patch(':id')
  @RequirePermission('agent:update')
  @Versioned()
  @ApiOperation({ summary: 'Change an agent', description: 'What is left out stays as it is. Runs that have begun keep what they began with.' })
  @ApiOkResponse({ type: AgentResponse })
  @ApiProblems({
    400: 'a field is unknown or not valid',
    401: UNAUTHENTICATED,
    403: FORBIDDEN,
    404: NOT_FOUND,
    409: 'AGENT_NAME_TAKEN: the name is taken',
    412: 'the agent has changed since',
    422: REFUSED,
    428: 'If-Match is missing',
  })
  async update(@Param() { id }: IdParameter, @IfMatch() version: number, @Body() body: UpdateAgentRequest): Promise<AgentResponse> {
    return await this.agents.update(id, version, body);
  }

  @Delete(':id')
  @RequirePermission('agent:delete')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete an agent', description: 'Its tasks go with it where withTasks says so. Runs stay: they hold what they need of the agent.' })
  @ApiNoContentResponse({ description: 'It is gone.' })
  @ApiProblems({ 400: BAD_ID, 401: UNAUTHENTICATED, 403: FORBIDDEN, 404: NOT_FOUND, 409: 'AGENT_IN_USE: the agent has tasks' })
  async delete(@Param() { id }: IdParameter, @Query() { withTasks }: DeleteAgentQuery): Promise<void> {
    await this.agents.delete(id, { withTasks });
  }
}
