const FIRST_WAIT_MS = 500;

/** What a Retry-After header asks for, in ms from `now`: seconds or a date. Undefined where it is missing or neither. */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const date = /^[A-Z][a-z]{2,8},? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** How long to wait before retry number `retry` (from 0), in ms: what the endpoint asks for, or twice as long each time; at most `cap`. */
export function retryDelay(retry: number, asked: number | undefined, cap: number): number {
  return Math.min(asked ?? FIRST_WAIT_MS * 2 ** retry, cap);
}
