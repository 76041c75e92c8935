import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { currentContext } from '#database';
import { AccessTokens } from '#identity';
import { bearerToken } from './bearer-token.js';
import { RequestContextMissingError } from './errors.js';
import { IS_PUBLIC } from './public.decorator.js';

/** Lets nobody in without a valid access token, except where a handler is `@Public()`, and says who is calling for the rest of the request. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: AccessTokens,
  ) {}

  /** @throws UnauthenticatedError, TokenInvalidError, TokenExpiredError */
  async canActivate(execution: ExecutionContext): Promise<boolean> {
    if (this.reflector.getAllAndOverride<boolean | undefined>(IS_PUBLIC, [execution.getHandler(), execution.getClass()]) === true) return true;
    const context = currentContext();
    if (context === undefined) throw new RequestContextMissingError('context');
    const token = bearerToken(execution.switchToHttp().getRequest<FastifyRequest>().headers);
    const { userId, orgId, role } = await this.tokens.verify(token);
    context.setPrincipal({ userId, orgId, actorType: 'USER', actorId: userId, role, scopes: [] });
    return true;
  }
}
