import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { McpConfig } from '#database';
import { OriginRefusedError } from './errors.js';

/**
 * Keeps web pages out that nobody allowed, also those that reach this server by a name of their own (DNS rebinding): a browser says
 * which page sends a request, and no script can change that. What is no browser says nothing.
 */
@Injectable()
export class OriginGuard implements CanActivate {
  constructor(private readonly config: McpConfig) {}

  /** @throws OriginRefusedError */
  canActivate(execution: ExecutionContext): boolean {
    const { origin } = execution.switchToHttp().getRequest<FastifyRequest>().headers;
    if (origin !== undefined && !this.config.allowedOrigins.includes(origin)) throw new OriginRefusedError();
    return true;
  }
}
