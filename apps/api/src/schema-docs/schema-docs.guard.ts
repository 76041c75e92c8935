import { Injectable, NotFoundException, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { environmentKind } from '#database';
import { Authenticator, SystemRoles } from '#identity';
import { bearerToken } from '../auth/bearer-token.js';

/**
 * Lets everybody in in development, and elsewhere only who runs the platform. Without a valid token the answer is 401, as on every
 * route: whoever calls learns what to do. Anybody else who is signed in gets 404, the answer of a route that does not exist: what the
 * platform shows its own people is nothing that an organization's member could ask for.
 */
@Injectable()
export class SchemaDocsGuard implements CanActivate {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly roles: SystemRoles,
  ) {}

  /** @throws UnauthenticatedError, what Authenticator throws, NotFoundException */
  async canActivate(execution: ExecutionContext): Promise<boolean> {
    if (environmentKind() === 'development') return true;
    const { headers } = execution.switchToHttp().getRequest<FastifyRequest>();
    const { principal } = await this.authenticator.identify(bearerToken(headers));
    if (principal.userId === null || !(await this.roles.isSystemAdmin(principal.userId))) throw new NotFoundException();
    return true;
  }
}
