import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Device } from '#identity';

/** From where and with what a request comes, as a handler's parameter. The address is what TRUSTED_PROXIES make of it. */
export const ClientDevice = createParamDecorator((_data: unknown, execution: ExecutionContext): Device => {
  const { ip, headers } = execution.switchToHttp().getRequest<FastifyRequest>();
  return { ip, userAgent: headers['user-agent'] ?? null };
});
