import { STATUS_CODES } from 'node:http';
import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createLogger, newId, type Logger } from '#database';

const CODES: Readonly<Record<number, readonly [code: string, detail: string]>> = {
  401: ['UNAUTHENTICATED', 'This needs a token: send "Authorization: Bearer <token>".'],
  404: ['ROUTE_NOT_FOUND', 'There is no such route. This service answers /health, /health/live, /health/ready and /metrics.'],
};

/** Answers the errors of a service without an interface of its own, as the API answers its own: problem+json with a stable code and a request id. */
@Catch()
export class ServiceProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger = createLogger('http')) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const status = statusOf(error);
    const requestId = newId();
    if (status >= 500) this.logger.error({ err: error, requestId, method: http.getRequest<FastifyRequest>().method, status }, 'The request failed');
    const [code, detail] =
      CODES[status] ?? (status < 500 ? ['BAD_REQUEST', 'The request cannot be read.'] : ['INTERNAL_ERROR', 'Something went wrong on our side.']);
    const type = `urn:plinth:problem:${code.toLowerCase().replaceAll('_', '-')}`;
    void http
      .getResponse<FastifyReply>()
      .code(status)
      .headers({ 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store', 'x-request-id': requestId })
      .send({ type, title: STATUS_CODES[status] ?? 'Error', status, code, detail, requestId });
  }
}

/** That of Nest's and Fastify's own errors; 500 for every other. */
function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}
