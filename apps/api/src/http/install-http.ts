import type { IncomingMessage } from 'node:http';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { acceptJsonBodies, LARGEST_BODY_BYTES } from './json-body.js';
import { refuseWrongMethods } from './known-methods.js';
import { forbidStoring } from './no-store.hook.js';
import { MCP_PATH } from '../mcp/path.js';
import { SCHEMA_DOCS_PATH } from '../schema-docs/path.js';
import type { ProblemFilter } from './problem.filter.js';
import { openRequestContexts, REQUEST_ID_HEADER, requestIdFrom } from './request-context.hook.js';
import { passOverExpectations } from './pass-over-expectations.js';
import { traceRequests } from './trace-requests.js';
import { answerUnreadable } from './unreadable-request.js';
import { InputPipe } from './validation.pipe.js';

/** Everything the API serves begins with this, but health, metrics, docs and MCP. */
export const API_PREFIX = 'v1';

/** How long a client may take to send a request, in milliseconds. */
const REQUEST_TIMEOUT_MS = 30_000;
/** The longest part of a path; a longer one answers 414. */
const LONGEST_PARAMETER = 200;

/** Fastify as the API needs it. `filter` also answers what fails before a route is found. */
export function fastifyAdapter(filter: ProblemFilter, trustedProxies: readonly string[]): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: LARGEST_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
    genReqId: (request: IncomingMessage) => requestIdFrom(request.headers[REQUEST_ID_HEADER]),
    requestIdHeader: false,
    clientErrorHandler: answerUnreadable,
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      void reply.header(REQUEST_ID_HEADER, request.id);
      filter.answer(error, request, reply);
    },
  });
}

/** Installs, in the order a request meets them: the context, the body parser, the prefix, the pipe, the filter. */
export function installHttp(app: NestFastifyApplication, filter: ProblemFilter): void {
  const server = app.getHttpAdapter().getInstance();
  traceRequests(server);
  openRequestContexts(server);
  refuseWrongMethods(server);
  passOverExpectations(server);
  forbidStoring(server);
  acceptJsonBodies(server);
  app.setGlobalPrefix(API_PREFIX, { exclude: ['health', 'health/live', 'health/ready', 'metrics', SCHEMA_DOCS_PATH, MCP_PATH] });
  app.useGlobalPipes(new InputPipe());
  app.useGlobalFilters(filter);
}
