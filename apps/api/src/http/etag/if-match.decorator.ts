import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { versionOf } from './entity-tag.js';

const IfMatchHeader = createParamDecorator((_data: undefined, execution: ExecutionContext): number =>
  versionOf(execution.switchToHttp().getRequest<FastifyRequest>().headers['if-match']),
);

const describe = ApiHeader({
  name: 'If-Match',
  required: true,
  description: 'The ETag that GET answered. 428 without it; 412 when the thing has changed since.',
  schema: { type: 'string', example: '"7"' },
});

/**
 * The version that the caller wants to change, as a handler's parameter: `@IfMatch() version: number`.
 * @throws PreconditionRequiredError, IfMatchInvalidError
 */
export function IfMatch(): ParameterDecorator {
  const read = IfMatchHeader();
  return (target, key, index) => {
    read(target, key, index);
    const descriptor = key === undefined ? undefined : Object.getOwnPropertyDescriptor(target, key);
    if (key !== undefined && descriptor !== undefined) describe(target, key, descriptor);
  };
}
