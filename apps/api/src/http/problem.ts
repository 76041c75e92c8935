import { STATUS_CODES } from 'node:http';

/** One thing wrong with one named input. `field` is a path such as `parameters.retries[0]`, or the name of a path parameter. */
export interface FieldProblem {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

/** What an error becomes on the wire, without the request id, which the filter adds. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly FieldProblem[];
  /** What else the caller needs to decide, in a shape that follows from the code. */
  readonly details?: object;
  /** Headers of the answer, such as `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The body of every error answer: RFC 9457 with a stable `code` and the id under which the request was logged. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly FieldProblem[];
  readonly details?: object;
  readonly requestId: string;
}

export const PROBLEM_CONTENT_TYPE = 'application/problem+json; charset=utf-8';

/** Builds the body of an error answer. `type` is a URN made from the code: it names the problem and is not a link. */
export function problemBody(problem: Problem, requestId: string): ProblemBody {
  return {
    type: `urn:plinth:problem:${problem.code.toLowerCase().replaceAll('_', '-')}`,
    title: STATUS_CODES[problem.status] ?? 'Error',
    status: problem.status,
    code: problem.code,
    detail: problem.detail,
    ...(problem.errors === undefined || problem.errors.length === 0 ? {} : { errors: problem.errors }),
    ...(problem.details === undefined ? {} : { details: problem.details }),
    requestId,
  };
}
