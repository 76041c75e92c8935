import { Module, type OnModuleInit } from '@nestjs/common';
import { APP_INTERCEPTOR, HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { isProbe } from '../probes.js';
import { CallerLimitsInterceptor } from './caller-limits.interceptor.js';
import { RateLimits } from './rate-limits.js';

/** Every POST below this is an attempt: registering, signing in, refreshing, resetting. */
const ATTEMPTS = '/v1/auth/';

/** How many requests are taken from whom. Import it before every module with handlers. */
@Module({ providers: [RateLimits, { provide: APP_INTERCEPTOR, useClass: CallerLimitsInterceptor }] })
export class RateLimitsModule implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost<FastifyAdapter>,
    private readonly limits: RateLimits,
  ) {}

  onModuleInit(): void {
    const server = this.host.httpAdapter.getInstance();
    server.addHook('onRequest', (request, reply, done) => {
      if (isProbe(request)) return done();
      try {
        this.limits.takeOfAddress(request, reply);
      } catch (error) {
        return done(error instanceof Error ? error : undefined);
      }
      if (!isAttempt(request)) return done();
      this.limits.takeAttempt(request, reply).then(() => done(), done);
    });
  }
}

function isAttempt({ method, routeOptions }: FastifyRequest): boolean {
  return method === 'POST' && routeOptions.url?.startsWith(ATTEMPTS) === true;
}
