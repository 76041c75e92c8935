import type { Problem } from './problem.js';

const refused = (code: string, detail: string): Problem => ({ status: 400, code, detail });
const conflict = (code: string, detail: string): Problem => ({ status: 409, code, detail });
const busy = (code: string, detail: string, seconds: number): Problem => ({
  status: 503,
  code,
  detail: `${detail} Try again in a moment.`,
  headers: { 'retry-after': String(seconds) },
});

/**
 * What PostgreSQL's own errors mean to a caller, by SQLSTATE. Validation should have caught the first group; this is the net
 * below it. Details never repeat the server's text: it quotes values and names of constraints.
 */
const BY_SQLSTATE: Readonly<Record<string, Problem>> = {
  '22001': refused('TEXT_TOO_LONG', 'A text is longer than its field allows.'),
  '22003': refused('NUMBER_OUT_OF_RANGE', 'A number is outside of the range of its field.'),
  '22007': refused('INVALID_DATE', 'A date or time cannot be read.'),
  '22008': refused('INVALID_DATE', 'A date or time is out of range.'),
  '22021': refused('INVALID_TEXT', 'A text holds a character that cannot be stored, such as NUL.'),
  '22P02': refused('INVALID_VALUE', 'A value does not have the form that its field needs.'),
  '22P05': refused('INVALID_TEXT', 'A text holds a character that cannot be stored, such as NUL.'),
  '23502': refused('VALUE_MISSING', 'A value that is needed is missing.'),
  '23514': refused('VALUE_REFUSED', 'A value is not among those that its field allows.'),
  '54000': refused('VALUE_TOO_LARGE', 'A value is too large.'),
  '23503': conflict('REFERENCE_CONFLICT', 'Something this refers to does not exist, or something still refers to it.'),
  '23505': conflict('ALREADY_EXISTS', 'Something with the same unique value exists already.'),
  '23P01': conflict('ALREADY_EXISTS', 'Something that overlaps with this exists already.'),
  '40001': busy('CONCURRENT_CHANGE', 'The change met another one at the same time.', 1),
  '40P01': busy('CONCURRENT_CHANGE', 'The change met another one at the same time.', 1),
  '55P03': busy('ROW_LOCKED', 'Another request is changing the same thing.', 1),
  '57014': busy('QUERY_TIMEOUT', 'The database took too long to answer.', 5),
};

/** Whole classes of SQLSTATE: connection trouble, no room, an operator at work. */
const BY_CLASS: Readonly<Record<string, Problem>> = {
  '08': busy('DATABASE_UNAVAILABLE', 'The database cannot be reached.', 5),
  '53': busy('DATABASE_UNAVAILABLE', 'The database has no room for more work.', 5),
  '57': busy('DATABASE_UNAVAILABLE', 'The database is restarting or stopping.', 5),
};

/** The answer to an error with this SQLSTATE, or undefined where it is a fault of ours. */
export function problemOfSqlState(sqlState: string): Problem | undefined {
  return BY_SQLSTATE[sqlState] ?? BY_CLASS[sqlState.slice(0, 2)];
}

/** Errors of the socket to PostgreSQL, by Node's code. */
export const CONNECTION_FAILURES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

export const DATABASE_UNREACHABLE: Problem = busy('DATABASE_UNAVAILABLE', 'The database cannot be reached.', 5);
