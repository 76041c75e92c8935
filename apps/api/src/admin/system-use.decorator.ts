import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { currentContext } from '#database';
import type { SystemUse } from '#identity';
import { RequestContextMissingError } from '../auth/errors.js';
import { systemReason } from '../auth/system-reason.js';

/** Who runs the platform and calls, and why, as a handler's parameter: for handlers that are `@RequireSystemAdmin()`. */
export const CurrentSystemUse = createParamDecorator((_data: undefined, execution: ExecutionContext): SystemUse => {
  const userId = currentContext()?.principal?.userId;
  if (userId === undefined || userId === null) throw new RequestContextMissingError('principal');
  return { userId, reason: systemReason(execution.switchToHttp().getRequest<FastifyRequest>().headers) };
});
