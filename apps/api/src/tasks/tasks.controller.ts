import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { TasksService } from '#runs';
import { RequirePermission } from '../auth/require-permission.decorator.js';
import { ApiProblems } from '../http/api-problems.decorator.js';
import { Idempotent } from '../http/idempotency/index.js';
import { IdParameter, PageQuery } from '../http/paging.dto.js';
import { BAD_ID, BAD_PAGE, FORBIDDEN, UNAUTHENTICATED } from '../runs/examples.js';
import { RunPage } from '../runs/runs.dto.js';
import { CreateTaskRequest, TaskPage, TaskQuery, TaskResponse, UpdateTaskRequest } from './tasks.dto.js';

const NOT_FOUND = 'there is no such task in this organization (TASK_NOT_FOUND)';
const REFUSED = 'the task cannot be carried out as it is described, such as a schedule that never comes (TASK_REFUSED)';

/** Work that an organization gives to its agents: now, at a time, or again and again. Workers carry it out, as runs. */
@ApiTags('Tasks')
@ApiBearerAuth()
@Controller('tasks')
export class TasksController {
  constructor(private readonly tasks: TasksService) {}

  @Post()
  @RequirePermission('task:create')
  @Idempotent()
  @ApiOperation({
    summary: 'Make a task',
    description:
      'It begins at scheduledAt (left out: now), or repeats as cron says in timeZone. Each time a run of the agent is made; when that fails, the task is tried again after a growing pause, maxAttempts times in all, unless a call may have been paid for. Times missed while no worker ran are made up for once.',
  })
  @ApiCreatedResponse({ type: TaskResponse })
  @ApiProblems({
    400: 'a field is missing, unknown or not valid',
    401: UNAUTHENTICATED,
    403: FORBIDDEN,
    404: 'there is no such active agent in this organization (AGENT_NOT_FOUND)',
    422: REFUSED,
  })
  async create(@Body() body: CreateTaskRequest): Promise<TaskResponse> {
    return await this.tasks.create(body);
  }

  @Get()
  @RequirePermission('task:read')
  @ApiOperation({ summary: 'List the tasks, newest first' })
  @ApiOkResponse({ type: TaskPage })
  @ApiProblems({ 400: BAD_PAGE, 401: UNAUTHENTICATED, 403: FORBIDDEN })
  async list(@Query() query: TaskQuery): Promise<TaskPage> {
    return await this.tasks.list(query);
  }

  @Get(':id')
  @RequirePermission('task:read')
  @ApiOperation({ summary: 'One task' })
  @ApiOkResponse({ type: TaskResponse })
  @ApiProblems({ 400: BAD_ID, 401: UNAUTHENTICATED, 403: FORBIDDEN, 404: NOT_FOUND })
  async get(@Param() { id }: IdParameter): Promise<TaskResponse> {
    return await this.tasks.get(id);
  }

  @Patch(':id')
  @RequirePermission('task:update')
  @ApiOperation({
    summary: 'Change a task that waits for its time',
    description: 'What is left out stays as it is. With cron null it is done once, at scheduledAt or at what would have been its next time.',
  })
  @ApiOkResponse({ type: TaskResponse })
  @ApiProblems({
    400: 'a field is unknown or not valid',
    401: UNAUTHENTICATED,
    403: FORBIDDEN,
    404: NOT_FOUND,
    409: 'the task has begun or ended (TASK_NOT_PENDING)',
    422: REFUSED,
  })
  async update(@Param() { id }: IdParameter, @Body() body: UpdateTaskRequest): Promise<TaskResponse> {
    return await this.tasks.update(id, body);
  }

  @Post(':id/cancel')
  @RequirePermission('task:update')
  @HttpCode(200)
  @ApiOperation({ summary: 'Cancel a task', description: 'And the run that carries it out. One that repeats does not come again.' })
  @ApiOkResponse({ type: TaskResponse })
  @ApiProblems({ 400: BAD_ID, 401: UNAUTHENTICATED, 403: FORBIDDEN, 404: NOT_FOUND, 409: 'the task has ended already (TASK_ENDED)' })
  async cancel(@Param() { id }: IdParameter): Promise<TaskResponse> {
    return await this.tasks.cancel(id);
  }

  @Delete(':id')
  @RequirePermission('task:update')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a task', description: 'The runs that it made stay.' })
  @ApiNoContentResponse({ description: 'It is gone.' })
  @ApiProblems({ 400: BAD_ID, 401: UNAUTHENTICATED, 403: FORBIDDEN, 404: NOT_FOUND, 409: 'a run is carrying it out: cancel it first (TASK_RUNNING)' })
  async delete(@Param() { id }: IdParameter): Promise<void> {
    await this.tasks.delete(id);
  }

  @Get(':id/runs')
  @RequirePermission('run:read')
  @ApiOperation({ summary: 'The runs that a task made, newest first' })
  @ApiOkResponse({ type: RunPage })
  @ApiProblems({ 400: BAD_PAGE, 401: UNAUTHENTICATED, 403: FORBIDDEN, 404: NOT_FOUND })
  async runs(@Param() { id }: IdParameter, @Query() page: PageQuery): Promise<RunPage> {
    return await this.tasks.runs(id, page);
  }
}
