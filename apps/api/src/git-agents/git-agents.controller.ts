import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { GitAgentsService } from '#agents';
import { RequirePermission } from '../auth/require-permission.decorator.js';
import { ApiProblems } from '../http/api-problems.decorator.js';
import { IdParameter } from '../http/paging.dto.js';
import { GitAgentPage, GitAgentQuery, GitAgentResponse } from './git-agents.dto.js';

const UNAUTHENTICATED = 'no valid access token';

/** The agents that were found in an organization's repositories. */
@ApiTags('Git agents')
@ApiBearerAuth()
@RequirePermission('agent_repository:read')
@Controller('git-agents')
export class GitAgentsController {
  constructor(private readonly agents: GitAgentsService) {}

  @Get()
  @ApiOperation({ summary: 'List the agents, in the order in which they were first found' })
  @ApiOkResponse({ type: GitAgentPage })
  @ApiProblems({
    400: 'a filter, the limit or the cursor is not valid',
    401: UNAUTHENTICATED,
    404: 'AGENT_REPOSITORY_NOT_FOUND: there is no such repository in this organization',
  })
  async list(@Query() { active, ...query }: GitAgentQuery): Promise<GitAgentPage> {
    return await this.agents.list({ ...query, isActive: active });
  }

  @Get(':id')
  @ApiOperation({ summary: 'One agent' })
  @ApiOkResponse({ type: GitAgentResponse })
  @ApiProblems({ 400: 'the id is no UUID', 401: UNAUTHENTICATED, 404: 'GIT_AGENT_NOT_FOUND: there is no such agent in this organization' })
  async get(@Param() { id }: IdParameter): Promise<GitAgentResponse> {
    return await this.agents.get(id);
  }
}
