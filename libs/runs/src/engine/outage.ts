import { PlinthError, sqlStateOf } from '#database';

/** Classes of SQLSTATE that say nothing about the statement: connection, resources, operator, rolled back for somebody else's sake. */
const PASSING = ['08', '40', '53', '55', '57'];

/** Whether the error says that the database is away or busy, so that the same work may succeed later. */
export function isOutage(error: unknown): boolean {
  if (error instanceof PlinthError) return error.httpStatus === 503;
  const state = sqlStateOf(error);
  if (state !== undefined) return PASSING.includes(state.slice(0, 2));
  return error instanceof Error && 'syscall' in error;
}
