import { HttpException } from '@nestjs/common';
import { PlinthError, sqlStateOf } from '#database';
import { MalformedJsonError, ValidationFailedError } from './errors.js';
import { ReplayedProblem } from './idempotency/errors.js';
import type { FieldProblem, Problem } from './problem.js';
import { CONNECTION_FAILURES, DATABASE_UNREACHABLE, problemOfSqlState } from './sql-state-problems.js';

/** The answer to whatever was thrown, and whether it is news for the log (a fault of ours or of the operator). */
export interface Verdict {
  readonly problem: Problem;
  readonly level: 'error' | 'warn' | undefined;
}

const INTERNAL: Problem = { status: 500, code: 'INTERNAL_ERROR', detail: 'Something went wrong on our side. The request id finds it in the log.' };

/** Statuses that Nest and Fastify answer by themselves, in our words. */
const BY_STATUS: Readonly<Record<number, Pick<Problem, 'code' | 'detail'>>> = {
  400: { code: 'BAD_REQUEST', detail: 'The request cannot be read.' },
  401: { code: 'UNAUTHENTICATED', detail: 'Sign in first.' },
  403: { code: 'FORBIDDEN', detail: 'This is not allowed.' },
  404: { code: 'ROUTE_NOT_FOUND', detail: 'There is no such route. GET /docs lists those that exist.' },
  405: { code: 'METHOD_NOT_ALLOWED', detail: 'The route does not know this method.' },
  408: { code: 'REQUEST_TIMEOUT', detail: 'The request did not arrive in time.' },
  413: { code: 'BODY_TOO_LARGE', detail: 'The body is larger than 1 MB (1,048,576 bytes).' },
  414: { code: 'URL_TOO_LONG', detail: 'A part of the path is too long.' },
  415: { code: 'UNSUPPORTED_MEDIA_TYPE', detail: 'The body must be JSON: send it with "Content-Type: application/json".' },
  503: { code: 'UNAVAILABLE', detail: 'The service is not available at the moment.' },
};

/** Decides what a thrown value means to the caller. Internals (messages of PostgreSQL, stacks, paths) never reach the answer. */
export function verdictOn(error: unknown): Verdict {
  if (error instanceof PlinthError) return verdictOnOwn(error);
  if (error instanceof ReplayedProblem) return { problem: error.problem, level: undefined };
  if (error instanceof HttpException) return verdictOnHttp(error);
  return verdictOnDatabase(error) ?? verdictOnFramework(error) ?? { problem: INTERNAL, level: 'error' };
}

function verdictOnOwn(error: PlinthError): Verdict {
  if (error.family === 'caller') return { problem: { ...plain(error), ...extras(error) }, level: undefined };
  const beneath = verdictOnDatabase(error.cause);
  if (beneath !== undefined) return beneath;
  if (error.httpStatus === 503) {
    const retry = retryAfter(error) ?? 1;
    const problem: Problem = {
      status: 503,
      code: error.code,
      detail: 'The service cannot take this request at the moment. Try again shortly.',
      headers: { 'retry-after': String(retry) },
    };
    return { problem, level: 'warn' };
  }
  return { problem: INTERNAL, level: 'error' };
}

function plain(error: PlinthError): Problem {
  return {
    status: error.httpStatus >= 400 && error.httpStatus < 600 && error.httpStatus !== 500 ? error.httpStatus : 400,
    code: error.code,
    detail: error.message,
  };
}

/** What an error of the caller's tells beyond its message: fields by name, details, and headers. */
function extras(error: PlinthError): Pick<Problem, 'errors' | 'details' | 'headers'> {
  const errors = error instanceof ValidationFailedError ? error.errors : (namedField(error) ?? listedFields(error));
  const retry = retryAfter(error);
  const headers: Record<string, string> = {};
  if (retry !== undefined) headers['retry-after'] = String(retry);
  if (error.httpStatus === 401) headers['www-authenticate'] = challenge(error);
  const details = error.fields['details'];
  return {
    ...(errors === undefined ? {} : { errors }),
    ...(typeof details === 'object' && details !== null ? { details } : {}),
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
  };
}

function namedField(error: PlinthError): readonly FieldProblem[] | undefined {
  const field = error.fields['field'];
  return typeof field === 'string' ? [{ field, code: error.code, message: error.message }] : undefined;
}

/** Several fields, each with a phrase that completes "it …". */
function listedFields(error: PlinthError): readonly FieldProblem[] | undefined {
  const listed: unknown = error.fields['errors'];
  if (!Array.isArray(listed)) return undefined;
  return listed.flatMap((entry: unknown) =>
    isFieldPhrase(entry) ? [{ field: entry.field, code: error.code, message: `"${entry.field}" ${entry.message}` }] : [],
  );
}

function isFieldPhrase(value: unknown): value is { readonly field: string; readonly message: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'field' in value &&
    typeof value.field === 'string' &&
    'message' in value &&
    typeof value.message === 'string'
  );
}

function retryAfter(error: PlinthError): number | undefined {
  const seconds = error.fields['retryAfterSeconds'];
  return typeof seconds === 'number' ? Math.max(1, Math.ceil(seconds)) : undefined;
}

const TOKEN_PROBLEMS: ReadonlySet<string> = new Set(['TOKEN_INVALID', 'TOKEN_EXPIRED', 'API_KEY_INVALID']);

/** RFC 6750: the error attribute only where a token was presented. */
function challenge(error: PlinthError): string {
  return TOKEN_PROBLEMS.has(error.code) ? 'Bearer realm="plinth", error="invalid_token"' : 'Bearer realm="plinth"';
}

function verdictOnHttp(error: HttpException): Verdict {
  const status = error.getStatus();
  const known = BY_STATUS[status];
  if (error.cause instanceof SyntaxError) return verdictOnOwn(new MalformedJsonError());
  if (status >= 500 && status !== 503) return { problem: { ...INTERNAL, status }, level: 'error' };
  return { problem: { status, code: known?.code ?? 'REQUEST_REFUSED', detail: known?.detail ?? 'The request was refused.' }, level: undefined };
}

/** PostgreSQL's errors and those of the socket to it, looked for through the chain of causes. */
function verdictOnDatabase(error: unknown): Verdict | undefined {
  let current = error;
  for (let depth = 0; depth < 5 && typeof current === 'object' && current !== null; depth += 1) {
    const state = sqlStateOf(current);
    const problem = state === undefined ? connectionProblem(current) : problemOfSqlState(state);
    if (problem !== undefined) return { problem, level: problem.status >= 500 ? 'warn' : undefined };
    current = 'cause' in current ? current.cause : undefined;
  }
  return undefined;
}

function connectionProblem(error: object): Problem | undefined {
  return 'code' in error && typeof error.code === 'string' && CONNECTION_FAILURES.has(error.code) ? DATABASE_UNREACHABLE : undefined;
}

/** Fastify's own errors that never went through Nest, such as a path that cannot be decoded. */
function verdictOnFramework(error: unknown): Verdict | undefined {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return undefined;
  const { statusCode } = error;
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? verdictOnHttp(new HttpException('', statusCode)) : undefined;
}
