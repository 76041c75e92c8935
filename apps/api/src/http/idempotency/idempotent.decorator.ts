import { applyDecorators, UseInterceptors } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';

/**
 * Requests to this handler may carry `Idempotency-Key` and are then carried out once. The answer is kept as it is: never put this on
 * a handler that answers a secret, such as an API key. Not for public handlers: a key belongs to an organization.
 */
export const Idempotent = (): MethodDecorator =>
  applyDecorators(
    UseInterceptors(IdempotencyInterceptor),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description:
        'A name for this request, such as a UUID. Sent again with it, the request is not carried out again but answered as the first time, with `Idempotency-Replayed: true`. 422 for the same key with another request; 409 while the first is carried out, or when its outcome is not known.',
      schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' },
    }),
  );
