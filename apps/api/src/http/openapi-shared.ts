import { STATUS_CODES } from 'node:http';
import type { OpenAPIObject } from '@nestjs/swagger';
import { PROBLEM_CONTENT_TYPE } from './problem.js';

const MEDIA_TYPE = PROBLEM_CONTENT_TYPE.split(';')[0] ?? PROBLEM_CONTENT_TYPE;
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

type Operation = NonNullable<OpenAPIObject['paths'][string][(typeof METHODS)[number]]>;

/** What a header of a request can lead to, beside what its handler answers. */
const OF_HEADERS: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  'Idempotency-Key': {
    400: 'Idempotency-Key is not 1 to 255 visible ASCII characters',
    409: 'the first request with this Idempotency-Key is being carried out (see Retry-After), or its outcome is not known',
    422: 'this Idempotency-Key was used for another request',
  },
  'If-Match': { 400: 'If-Match is not one ETag', 412: 'it has changed since; GET it again', 428: 'If-Match is missing' },
};

const LIMIT_HEADERS = {
  'Retry-After': { description: 'Seconds until the window ends.', schema: { type: 'integer', example: 42 } },
  RateLimit: { description: 'What is left of each limit, and for how many seconds.', schema: { type: 'string', example: '"credential";r=0;t=42' } },
  'RateLimit-Policy': { description: 'The limits: requests, and seconds of the window.', schema: { type: 'string', example: '"credential";q=1200;w=60' } },
} as const;

/** Describes what every route has in common and no handler says itself: limits, and what the shared headers can lead to. */
export function describeShared(document: OpenAPIObject): OpenAPIObject {
  for (const [path, item] of Object.entries(document.paths)) {
    if (!path.startsWith('/v1/')) continue;
    for (const method of METHODS) {
      const operation = item[method];
      if (operation !== undefined) describeOperation(operation);
    }
  }
  return document;
}

function describeOperation({ responses, parameters = [] }: Operation): void {
  for (const parameter of parameters) {
    const problems = 'name' in parameter ? OF_HEADERS[parameter.name] : undefined;
    for (const [status, meaning] of Object.entries(problems ?? {})) responses[status] ??= problem(status, meaning);
  }
  responses['429'] ??= { ...problem('429', 'too many requests in this minute'), headers: LIMIT_HEADERS };
}

function problem(status: string, meaning: string): { description: string; content: Record<string, { schema: { $ref: string } }> } {
  return {
    description: `${STATUS_CODES[Number(status)] ?? 'Error'}: ${meaning}`,
    content: { [MEDIA_TYPE]: { schema: { $ref: '#/components/schemas/ProblemModel' } } },
  };
}
