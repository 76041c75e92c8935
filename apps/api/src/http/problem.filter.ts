import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createLogger, type Logger } from '#database';
import { PROBLEM_CONTENT_TYPE, problemBody } from './problem.js';
import { verdictOn } from './problem-of.js';

/** Answers every error of a request as problem+json, and logs once those that somebody here must look at. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #logger: Logger;

  constructor(logger: Logger = createLogger('http')) {
    this.#logger = logger;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  /** Also called by Fastify itself, for what fails before routing. */
  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const { problem, level } = verdictOn(error);
    if (level !== undefined) {
      // The route's template and not the path: paths hold ids, and query strings may hold secrets.
      this.#logger[level](
        { err: error, requestId: request.id, method: request.method, route: request.routeOptions.url, status: problem.status },
        `The request failed with ${problem.code}`,
      );
    }
    if (reply.sent || reply.raw.headersSent) return;
    void reply
      .code(problem.status)
      .headers({ ...problem.headers, 'content-type': PROBLEM_CONTENT_TYPE })
      .send(problemBody(problem, request.id));
  }
}
