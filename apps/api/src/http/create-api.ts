import type { IncomingMessage } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { HttpConfig, loadConfig } from '#database';
import { ApiModule } from '../app.module.js';
import { acceptJsonBodies, LARGEST_BODY_BYTES } from './json-body.js';
import { NestLogger } from './nest-logger.js';
import { serveOpenApi } from './openapi.js';
import { ProblemFilter } from './problem.filter.js';
import { openRequestContexts, REQUEST_ID_HEADER, requestIdFrom } from './request-context.hook.js';
import { InputPipe } from './validation.pipe.js';

/** Everything the API serves begins with this, but health and docs. */
export const API_PREFIX = 'v1';

/** How long a client may take to send a request, in milliseconds. */
const REQUEST_TIMEOUT_MS = 30_000;

/**
 * The API as main, tests and the document generator use it: complete, not yet listening. Reads the configuration from the
 * environment. @throws ConfigurationError, and what the boot refusals of the database throw.
 */
export async function createApi(): Promise<NestFastifyApplication> {
  const filter = new ProblemFilter();
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule, fastifyAdapter(filter), {
    bodyParser: false,
    abortOnError: false,
    logger: new NestLogger(),
  });
  const server = app.getHttpAdapter().getInstance();
  openRequestContexts(server);
  acceptJsonBodies(server);
  app.setGlobalPrefix(API_PREFIX, { exclude: ['health', 'health/live', 'health/ready'] });
  app.useGlobalPipes(new InputPipe());
  app.useGlobalFilters(filter);
  serveOpenApi(app);
  return app;
}

function fastifyAdapter(filter: ProblemFilter): FastifyAdapter {
  const { trustedProxies } = loadConfig(HttpConfig);
  return new FastifyAdapter({
    bodyLimit: LARGEST_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    forceCloseConnections: 'idle',
    genReqId: (request: IncomingMessage) => requestIdFrom(request.headers[REQUEST_ID_HEADER]),
    requestIdHeader: false,
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      void reply.header(REQUEST_ID_HEADER, request.id);
      filter.answer(error, request, reply);
    },
  });
}
