import type { IncomingHttpHeaders } from 'node:http';
import { ValidationFailedError } from '../../http/errors.js';

/** The highest number that an event can have. */
export const HIGHEST_NUMBER = 2_147_483_647;

/**
 * The number after which a client wants to read on. Whoever opens a stream again sends the address of the first time, with the
 * header that says how far it came since: the header counts.
 * @throws ValidationFailedError
 */
export function positionOf(headers: IncomingHttpHeaders, after = 0): number {
  const header = headers['last-event-id'];
  if (header === undefined) return after;
  const number = typeof header === 'string' && /^\d{1,10}$/.test(header) ? Number(header) : Number.NaN;
  if (number <= HIGHEST_NUMBER) return number;
  throw new ValidationFailedError([
    { field: 'Last-Event-ID', code: 'EVENT_NUMBER', message: '"Last-Event-ID" must be the id of an event of this run, or be left out' },
  ]);
}

/** Whether the client asks for a page instead of a stream. */
export function wantsPage({ accept = '' }: IncomingHttpHeaders): boolean {
  return accept.includes('application/json') && !accept.includes('text/event-stream');
}
