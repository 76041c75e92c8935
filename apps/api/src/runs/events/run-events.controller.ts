import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiExtraModels, ApiHeader, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RunEvents } from '#runs';
import { bearerToken } from '../../auth/bearer-token.js';
import { RequirePermission } from '../../auth/require-permission.decorator.js';
import { ApiProblems } from '../../http/api-problems.decorator.js';
import { IdParameter } from '../../http/paging.dto.js';
import { RUN_NOT_FOUND } from '../examples.js';
import { RunEventPage, RunEventQuery } from './run-events.dto.js';
import { RunStreams } from './run-streams.js';
import { positionOf, wantsPage } from './wanted-events.js';

const EXAMPLE_STREAM = [
  'retry: 1000\n',
  'id: 1\nevent: RUN_STATUS\ndata: {"status":"QUEUED"}\n',
  'id: 2\nevent: RUN_STATUS\ndata: {"status":"RUNNING"}\n',
  ': still here\n',
  'id: 3\nevent: RUN_STATUS\ndata: {"status":"COMPLETED"}\n\n',
].join('\n');

/** What happens to a run, while it happens. */
@ApiTags('Runs')
@ApiBearerAuth()
@Controller('runs')
export class RunEventsController {
  constructor(
    private readonly streams: RunStreams,
    private readonly events: RunEvents,
  ) {}

  @Get(':id/events')
  @RequirePermission('run:read')
  @ApiExtraModels(RunEventPage)
  @ApiOperation({
    summary: 'Follow a run',
    description: [
      'Server-sent events: one message for each event of the run, with its number as id, its type as event and what happened as JSON. First those that are there, then those that come, until the RUN_STATUS with which the run ends.',
      'A stream that ends before its run (a restart, an access token that has expired) is opened again with the id of the last message as Last-Event-ID, and goes on without gaps or doubles. Comment lines come every 15 seconds.',
      'With `Accept: application/json` a page of events instead: ask again with nextAfter until isOver.',
    ].join('\n\n'),
  })
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'The id of the last message that the client has. Counts for more than `after`.',
    schema: { type: 'integer', minimum: 0, example: 2 },
  })
  @ApiOkResponse({
    description: 'The events.',
    content: {
      'text/event-stream': { schema: { type: 'string' }, example: EXAMPLE_STREAM },
      'application/json': { schema: { $ref: getSchemaPath(RunEventPage) } },
    },
  })
  @ApiNoContentResponse({ description: 'The run has ended, and there is nothing after the event that was named: an EventSource does not come again.' })
  @ApiProblems({
    400: 'the id is no UUID, or a number of an event is not valid',
    401: 'no valid access token',
    403: 'the caller may not see runs',
    404: RUN_NOT_FOUND,
    429: 'too many requests in this minute, or the organization follows as many runs as it may',
    503: 'the process is ending; open the stream again',
  })
  async follow(
    @Param() { id }: IdParameter,
    @Query() { after, limit }: RunEventQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const position = positionOf(request.headers, after);
    if (wantsPage(request.headers)) {
      void reply.send(await this.#page(id, position, limit));
      return;
    }
    const stream = await this.streams.open({ runId: id, after: position, credential: bearerToken(request.headers) }, reply.raw);
    if (stream === undefined) {
      void reply.code(204).send();
      return;
    }
    // A proxy that collects the answer would hold the messages back; and a connection that has carried a stream is not used again.
    const headers = { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no', connection: 'close' };
    void reply.headers(headers).send(stream);
  }

  async #page(id: string, after: number, limit?: number): Promise<RunEventPage> {
    const { events, isOver } = await this.events.page(id, after, limit);
    return { items: events, nextAfter: events.at(-1)?.number ?? after, isOver };
  }
}
