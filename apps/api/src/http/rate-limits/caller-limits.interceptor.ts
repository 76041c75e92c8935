import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Observable } from 'rxjs';
import { currentContext } from '#database';
import { RateLimits } from './rate-limits.js';

/** Counts each request of a known caller, after the guards and before anything is done for it. */
@Injectable()
export class CallerLimitsInterceptor implements NestInterceptor {
  constructor(private readonly limits: RateLimits) {}

  /** @throws RateLimitedError */
  intercept(execution: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const principal = currentContext()?.principal;
    if (principal !== undefined) this.limits.takeOfCaller(principal, execution.switchToHttp().getResponse<FastifyReply>());
    return next.handle();
  }
}
