/** Whose mistake an error reports: the caller's (a 4xx answer), the operator's (configuration, schema, migration) or ours. */
export type ErrorFamily = 'caller' | 'operator' | 'bug';

export interface PlinthErrorOptions {
  /** The original error. */
  readonly cause?: unknown;
  /** Facts about the error that a program may read; never secrets. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

/**
 * The base of every error this project throws on purpose. Each cause has a class of its own with a stable `code`;
 * the message quotes the name it is about and says the next step.
 */
export abstract class PlinthError extends Error {
  /** Stable, SCREAMING_SNAKE_CASE; part of the HTTP interface. */
  abstract readonly code: string;
  abstract readonly family: ErrorFamily;
  /** The HTTP status this error answers with when it reaches a client. */
  readonly httpStatus: number = 500;
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(message: string, options: PlinthErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.fields = Object.freeze({ ...options.fields });
  }
}

/** The SQLSTATE of an error that PostgreSQL raised, or undefined for any other value. */
export function sqlStateOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  const { code } = error;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}
