import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { currentContext } from '#database';
import { AccessTokens } from '#identity';
import { RequestContextMissingError, UnauthenticatedError } from './errors.js';
import { IS_PUBLIC } from './public.decorator.js';

const BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i;

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
    const { authorization } = execution.switchToHttp().getRequest<FastifyRequest>().headers;
    const token = BEARER.exec(authorization ?? '')?.[1];
    if (token === undefined) throw new UnauthenticatedError();
    const { userId, orgId, role } = await this.tokens.verify(token);
    context.setPrincipal({ userId, orgId, actorType: 'USER', actorId: userId, role, scopes: [] });
    return true;
  }
}
