import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { RunsService, WorkflowDataService } from '#runs';
import { RequirePermission } from '../auth/require-permission.decorator.js';
import { ApiProblems } from '../http/api-problems.decorator.js';
import { Idempotent } from '../http/idempotency/index.js';
import { IdParameter, PageQuery } from '../http/paging.dto.js';
import { BAD_ID, BAD_PAGE, FORBIDDEN, RUN_NOT_FOUND, UNAUTHENTICATED } from './examples.js';
import { RunPage, RunQuery, RunResponse } from './runs.dto.js';
import { agentOf, StartRunRequest } from './start-run.dto.js';
import { StepPage } from './steps.dto.js';
import { WorkflowDataPage, WorkflowDataQuery } from './workflow-data.dto.js';

/** The runs of an organization's agents. Workers carry them out. */
@ApiTags('Runs')
@ApiBearerAuth()
@Controller('runs')
export class RunsController {
  constructor(
    private readonly runs: RunsService,
    private readonly data: WorkflowDataService,
  ) {}

  @Post()
  @RequirePermission('run:create')
  @Idempotent()
  @HttpCode(202)
  @ApiOperation({
    summary: 'Start a run',
    description:
      "Of the agent as it is at this moment: of an organization's own agents the one with the name, or else the one found in Git. A worker takes the run on; follow its events to see what happens.",
  })
  @ApiAcceptedResponse({ type: RunResponse, headers: { Location: { description: 'Where the run is.', schema: { type: 'string' } } } })
  @ApiProblems({
    400: 'a field is missing, unknown or not valid',
    401: UNAUTHENTICATED,
    403: FORBIDDEN,
    404: 'there is no such active agent in this organization (AGENT_NOT_FOUND)',
    422: 'a limit is above what the installation allows (RUN_LIMIT_REFUSED)',
    429: 'too many requests in this minute, or as many runs are under way as may be (RUNS_LIMIT)',
  })
  async start(@Body() body: StartRunRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<RunResponse> {
    const { prompt, sessionId, limits } = body;
    const run = await this.runs.start({ agent: agentOf(body), prompt, sessionId, limits });
    void reply.header('location', `/v1/runs/${run.id}`);
    return run;
  }

  @Get()
  @RequirePermission('run:read')
  @ApiOperation({ summary: 'List the runs, newest first', description: 'Nested runs too: they name the run that called them.' })
  @ApiOkResponse({ type: RunPage })
  @ApiProblems({ 400: BAD_PAGE, 401: UNAUTHENTICATED, 403: FORBIDDEN })
  async list(@Query() query: RunQuery): Promise<RunPage> {
    return await this.runs.list(query);
  }

  @Get(':id')
  @RequirePermission('run:read')
  @ApiOperation({ summary: 'One run' })
  @ApiOkResponse({ type: RunResponse })
  @ApiProblems({ 400: BAD_ID, 401: UNAUTHENTICATED, 403: FORBIDDEN, 404: RUN_NOT_FOUND })
  async get(@Param() { id }: IdParameter): Promise<RunResponse> {
    return await this.runs.get(id);
  }

  @Post(':id/cancel')
  @RequirePermission('run:cancel')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Cancel a run',
    description: 'With the runs that it called. A call of a model or tool that is under way is aborted within 2 seconds.',
  })
  @ApiOkResponse({ type: RunResponse })
  @ApiProblems({ 400: BAD_ID, 401: UNAUTHENTICATED, 403: FORBIDDEN, 404: RUN_NOT_FOUND, 409: 'the run has ended already (RUN_ENDED)' })
  async cancel(@Param() { id }: IdParameter): Promise<RunResponse> {
    return await this.runs.cancel(id);
  }

  @Get(':id/steps')
  @RequirePermission('run:read')
  @ApiOperation({ summary: 'The steps of a run, in order' })
  @ApiOkResponse({ type: StepPage })
  @ApiProblems({ 400: BAD_PAGE, 401: UNAUTHENTICATED, 403: FORBIDDEN, 404: RUN_NOT_FOUND })
  async steps(@Param() { id }: IdParameter, @Query() page: PageQuery): Promise<StepPage> {
    return await this.runs.steps(id, page);
  }

  @Get(':id/data')
  @RequirePermission('run:read')
  @ApiOperation({
    summary: 'What the agents of a run have left, newest first',
    description: 'Also those of the runs above it and of the runs that they called: what any of them can read.',
  })
  @ApiOkResponse({ type: WorkflowDataPage })
  @ApiProblems({ 400: BAD_PAGE, 401: UNAUTHENTICATED, 403: FORBIDDEN, 404: RUN_NOT_FOUND })
  async left(@Param() { id }: IdParameter, @Query() { tag, ...filter }: WorkflowDataQuery): Promise<WorkflowDataPage> {
    return await this.data.list(id, { ...filter, tags: tag });
  }
}
