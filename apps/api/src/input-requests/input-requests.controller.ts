import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { InputRequestsService } from '#runs';
import { RequirePermission } from '../auth/require-permission.decorator.js';
import { ApiProblems } from '../http/api-problems.decorator.js';
import { Idempotent } from '../http/idempotency/index.js';
import { IdParameter } from '../http/paging.dto.js';
import { BAD_ID, BAD_PAGE, FORBIDDEN, UNAUTHENTICATED } from '../runs/examples.js';
import { AnswerRequest, InputRequestPage, InputRequestQuery, InputRequestResponse } from './input-requests.dto.js';

const NOT_FOUND = 'INPUT_REQUEST_NOT_FOUND: there is no such question in this organization';

/** What runs ask people. */
@ApiTags('Input requests')
@ApiBearerAuth()
@Controller('input-requests')
export class InputRequestsController {
  constructor(private readonly questions: InputRequestsService) {}

  @Get()
  @RequirePermission('run:read')
  @ApiOperation({ summary: 'List the questions of runs, oldest first' })
  @ApiOkResponse({ type: InputRequestPage })
  @ApiProblems({ 400: BAD_PAGE, 401: UNAUTHENTICATED, 403: FORBIDDEN })
  async list(@Query() { open, ...query }: InputRequestQuery): Promise<InputRequestPage> {
    return await this.questions.list({ ...query, isOpen: open });
  }

  @Get(':id')
  @RequirePermission('run:read')
  @ApiOperation({ summary: 'One question' })
  @ApiOkResponse({ type: InputRequestResponse })
  @ApiProblems({ 400: BAD_ID, 401: UNAUTHENTICATED, 403: FORBIDDEN, 404: NOT_FOUND })
  async get(@Param() { id }: IdParameter): Promise<InputRequestResponse> {
    return await this.questions.get(id);
  }

  @Post(':id/answer')
  @RequirePermission('input_request:respond')
  @Idempotent()
  @HttpCode(200)
  @ApiOperation({ summary: 'Answer a question', description: 'Once. The run goes on with the answer.' })
  @ApiOkResponse({ type: InputRequestResponse })
  @ApiProblems({
    400: 'the response is missing, or a field is unknown',
    401: UNAUTHENTICATED,
    403: FORBIDDEN,
    404: NOT_FOUND,
    409: 'the question is closed: answered, or its run has ended (INPUT_REQUEST_CLOSED)',
    422: 'the response does not satisfy the schema of the question; errors names each path (INPUT_INVALID)',
  })
  async answer(@Param() { id }: IdParameter, @Body() { response }: AnswerRequest): Promise<InputRequestResponse> {
    return await this.questions.answer(id, response);
  }
}
