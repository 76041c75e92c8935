import { PlinthApiError, type FieldProblem } from './errors.js';

/** Reads an answer that is no success. */
export async function problemOf(response: Response): Promise<PlinthApiError> {
  const body = parsed(await response.text());
  return new PlinthApiError({
    status: response.status,
    code: textOr(body['code'], `HTTP_${response.status}`),
    detail: textOr(body['detail'], `The answer was ${response.status} ${response.statusText}`.trim()),
    errors: Array.isArray(body['errors']) ? body['errors'].filter(isFieldProblem) : [],
    requestId: typeof body['requestId'] === 'string' ? body['requestId'] : response.headers.get('x-request-id'),
    retryAfterSeconds: retryAfterOf(response),
  });
}

/** What `Retry-After` says, in seconds; null where it says nothing, or a date. */
export function retryAfterOf({ headers }: Response): number | null {
  const value = headers.get('retry-after');
  return value !== null && /^\d+$/.test(value) ? Number(value) : null;
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

const textOr = (value: unknown, fallback: string): string => (typeof value === 'string' ? value : fallback);

/** A JSON object, which no list is. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isFieldProblem(value: unknown): value is FieldProblem {
  return isRecord(value) && ['field', 'code', 'message'].every((name) => typeof value[name] === 'string');
}
