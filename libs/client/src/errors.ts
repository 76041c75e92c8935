/** One thing wrong with one named input, as the API says it. */
export interface FieldProblem {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

export interface ProblemFacts {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly FieldProblem[];
  readonly requestId: string | null;
  readonly retryAfterSeconds: number | null;
}

/** The API answered that it will not, or cannot: the problem document of the answer. */
export class PlinthApiError extends Error {
  /** The HTTP status. */
  readonly status: number;
  /** Stable: compare this, never the text. `HTTP_<status>` where the answer was no problem document, as of a proxy. */
  readonly code: string;
  /** What happened and what to do, for people. */
  readonly detail: string;
  /** The inputs that are wrong; empty where it is not about inputs. */
  readonly errors: readonly FieldProblem[];
  /** Under which the API logged the request. */
  readonly requestId: string | null;
  /** When to try again; null where the API does not say. */
  readonly retryAfterSeconds: number | null;

  constructor({ status, code, detail, errors, requestId, retryAfterSeconds }: ProblemFacts) {
    super(`${code}: ${detail}`);
    this.name = 'PlinthApiError';
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.errors = errors;
    this.requestId = requestId;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Nobody answered: the request may or may not have arrived. `cause` says what happened. */
export class PlinthUnreachableError extends Error {
  readonly code = 'UNREACHABLE';

  constructor(url: string, cause: unknown) {
    super(`Nobody answers at ${url}. Check the address, and that the API is running.`, { cause });
    this.name = 'PlinthUnreachableError';
  }
}

/** The API answered something that its document does not describe, such as an event that is no JSON. */
export class PlinthProtocolError extends Error {
  readonly code = 'UNEXPECTED_ANSWER';

  constructor(what: string) {
    super(`The API answered what its document does not describe: ${what}. Check that client and API are of one version.`);
    this.name = 'PlinthProtocolError';
  }
}
