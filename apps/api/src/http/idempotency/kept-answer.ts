import type { KeptAnswer } from '#service';
import type { Problem } from '../problem.js';
import { ReplayedProblem } from './errors.js';

/** The headers of an answer that belong to what was made and not to the moment. */
export const KEPT_HEADERS = ['etag', 'location'] as const;

/** A problem as it is kept; its request id is that of whoever asks. */
export function answerOfProblem(problem: Problem): KeptAnswer {
  return { status: problem.status, body: JSON.stringify(problem), headers: {} };
}

/** The body of a kept answer. @throws ReplayedProblem for a kept problem */
export function bodyOf({ status, body }: KeptAnswer): unknown {
  const value: unknown = body === null ? undefined : JSON.parse(body);
  if (status >= 400 && isProblem(value)) throw new ReplayedProblem(value);
  return value;
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'status' in value && 'code' in value && 'detail' in value;
}
