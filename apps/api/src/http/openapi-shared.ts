import { STATUS_CODES } from 'node:http';
import type { OpenAPIObject } from '@nestjs/swagger';
import { sharedProblems, type OperationFacts } from './openapi-problems.js';
import { PROBLEM_CONTENT_TYPE } from './problem.js';

/** The name under which the document says which codes an error answer can have. */
export const CODES_EXTENSION = 'x-problem-codes';

const MEDIA_TYPE = PROBLEM_CONTENT_TYPE.split(';')[0] ?? PROBLEM_CONTENT_TYPE;
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
/** A code as texts of problems name it: `AGENT_IN_USE`. Settings in capitals, as REFRESH_GRACE_SECONDS, stand in no such text. */
const CODE = /\b[A-Z]+(?:_[A-Z]+)+\b/g;

type Operation = NonNullable<OpenAPIObject['paths'][string][(typeof METHODS)[number]]>;
type Answer = Exclude<Operation['responses'][string], undefined | { $ref: string }> & { [CODES_EXTENSION]?: readonly string[] };

const LIMIT_HEADERS = {
  'Retry-After': { description: 'Seconds until the window ends.', schema: { type: 'integer', example: 42 } },
  RateLimit: { description: 'What is left of each limit, and for how many seconds.', schema: { type: 'string', example: '"credential";r=0;t=42' } },
  'RateLimit-Policy': { description: 'The limits: requests, and seconds of the window.', schema: { type: 'string', example: '"credential";q=1200;w=60' } },
} as const;

/**
 * Describes what every route has in common and no handler says itself: the limits, what shared headers, a body, and the database can
 * lead to, and for each error answer its codes: the shared ones, and those that the handler's own text names.
 */
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

function describeOperation(operation: Operation): void {
  const { responses } = operation;
  const shared = sharedProblems(factsOf(operation));
  for (const [status, { meaning }] of Object.entries(shared)) responses[status] ??= problem(status, meaning);
  for (const [status, response] of Object.entries(responses)) {
    if (response === undefined || '$ref' in response) continue;
    // A copy: what a controller says of all its handlers is one object in each of them.
    const own = { ...response };
    responses[status] = own;
    if (Number(status) < 400) own.description ||= STATUS_CODES[Number(status)] ?? 'Good';
    else nameCodes(own, shared[status]?.codes ?? []);
    if (status === '429') own.headers = LIMIT_HEADERS;
  }
}

function factsOf(operation: Operation): OperationFacts {
  const access: Readonly<Record<string, unknown>> = { ...operation };
  return {
    parameters: (operation.parameters ?? []).flatMap((parameter) => ('name' in parameter ? parameter.name : [])),
    hasBody: operation.requestBody !== undefined,
    access: access['x-required-access'],
  };
}

function nameCodes(response: Answer, shared: readonly string[]): void {
  const own = response.description.match(CODE) ?? [];
  response[CODES_EXTENSION] = [...new Set([...own, ...shared])];
}

function problem(status: string, meaning: string): { description: string; content: Record<string, { schema: { $ref: string } }> } {
  return {
    description: `${STATUS_CODES[Number(status)] ?? 'Error'}: ${meaning}`,
    content: { [MEDIA_TYPE]: { schema: { $ref: '#/components/schemas/ProblemModel' } } },
  };
}
