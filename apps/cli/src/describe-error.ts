import { PlinthApiError, PlinthUnreachableError } from '#client';
import { UsageError } from './errors.js';
import { plain } from './terminal/plain.js';
import { EXIT, type ExitCode } from './exit-code.js';

/** What went wrong, in one line with the code and the next step, and what the process answers. */
export interface ErrorReport {
  readonly code: string;
  readonly line: string;
  readonly exitCode: ExitCode;
  readonly requestId?: string;
}

/** What to do about problems whose own text is written for programs, by their code. */
const NEXT_STEPS: Readonly<Record<string, string>> = {
  UNAUTHENTICATED: 'Sign in: npm run plinth -- login',
  TOKEN_INVALID: 'Sign in again: npm run plinth -- login',
  TOKEN_EXPIRED: 'Sign in again: npm run plinth -- login',
  SESSION_ENDED: 'Sign in again: npm run plinth -- login',
  REFRESH_TOKEN_INVALID: 'Sign in again: npm run plinth -- login',
  REFRESH_TOKEN_REUSED: 'Sign in again: npm run plinth -- login',
  AGENT_NOT_FOUND: 'Here: npm run plinth -- agents, or agents --git',
  RUN_NOT_FOUND: 'Here: npm run plinth -- runs',
};

export function describeError(error: unknown): ErrorReport {
  if (error instanceof UsageError) return { code: error.code, line: `${error.code}: ${error.message}`, exitCode: EXIT.USAGE };
  if (error instanceof PlinthUnreachableError)
    return { code: error.code, line: `${error.code}: ${error.message} (npm start runs one here)`, exitCode: EXIT.UNREACHABLE };
  if (error instanceof PlinthApiError) return describeProblem(error);
  const text = error instanceof Error ? error.message : String(error);
  return { code: 'FAILED', line: oneLine(text), exitCode: EXIT.FAILED };
}

function describeProblem({ code, detail, requestId, retryAfterSeconds }: PlinthApiError): ErrorReport {
  const next = NEXT_STEPS[code] ?? (retryAfterSeconds === null ? undefined : `Try again in ${retryAfterSeconds} s.`);
  const line = oneLine([`${code}: ${detail}`, next].filter((part) => part !== undefined).join(' '));
  return { code, line, exitCode: EXIT.FAILED, ...(requestId === null ? {} : { requestId }) };
}

const oneLine = (text: string): string => plain(text).replaceAll(/\s+/g, ' ').trim();
