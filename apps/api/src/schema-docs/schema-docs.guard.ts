import { Injectable, NotFoundException, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { environmentKind } from '#database';
import { AccessTokens, SystemRoles } from '#identity';
import { bearerToken } from '../auth/bearer-token.js';

/**
 * Lets everybody in in development, and elsewhere only who runs the platform. Without a valid token the answer is 401, as on every
 * route: whoever calls learns what to do. Anybody else who is signed in gets 404, the answer of a route that does not exist: what the
 * platform shows its own people is nothing that an organization's member could ask for.
 */
@Injectable()
export class SchemaDocsGuard implements CanActivate {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly roles: SystemRoles,
  ) {}

  /** @throws UnauthenticatedError, TokenInvalidError, TokenExpiredError, NotFoundException */
  async canActivate(execution: ExecutionContext): Promise<boolean> {
    if (environmentKind() === 'development') return true;
    const { headers } = execution.switchToHttp().getRequest<FastifyRequest>();
    const { userId } = await this.tokens.verify(bearerToken(headers));
    if (!(await this.roles.isSystemAdmin(userId))) throw new NotFoundException();
    return true;
  }
}
