import { createParamDecorator, Injectable, type ExecutionContext, type PipeTransform } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AccessTokens, type SessionHolder } from '#identity';
import { bearerToken } from './bearer-token.js';

const PresentedToken = createParamDecorator((_data: unknown, execution: ExecutionContext): string =>
  bearerToken(execution.switchToHttp().getRequest<FastifyRequest>().headers),
);

/** Reads which session an access token belongs to. */
@Injectable()
class SessionOfToken implements PipeTransform<string, Promise<SessionHolder>> {
  constructor(private readonly tokens: AccessTokens) {}

  /** @throws TokenInvalidError, TokenExpiredError */
  async transform(token: string): Promise<SessionHolder> {
    const { userId, sessionId } = await this.tokens.verify(token);
    return { userId, sessionId };
  }
}

/** The session of the presented access token and whose it is, as a handler's parameter. For handlers that are `@SignedIn()`. */
export const CurrentSession = (): ParameterDecorator => PresentedToken(SessionOfToken);
