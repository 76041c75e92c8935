import type { IncomingHttpHeaders } from 'node:http';
import { ReasonRequiredError } from './errors.js';

/** The header in which who runs the platform says why; percent-encoded where it is not ASCII. */
export const REASON_HEADER = 'x-plinth-reason';
export const LONGEST_REASON = 500;

/** Why the platform's own people do something, in 1 to 500 characters. @throws ReasonRequiredError */
export function systemReason(headers: IncomingHttpHeaders): string {
  const header = headers[REASON_HEADER];
  const reason = typeof header === 'string' ? decoded(header.trim()) : '';
  if (reason === '' || reason.length > LONGEST_REASON) throw new ReasonRequiredError(LONGEST_REASON);
  return reason;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text).trim();
  } catch {
    return text;
  }
}
