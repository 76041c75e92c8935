import { PlinthError, type ErrorFamily } from '#database';

interface SyncFailureRule {
  readonly family: ErrorFamily;
  /** Whether trying the same again later may mend it. */
  readonly transient: boolean;
}

/** Every way in which a sync as a whole can fail, and what that means for trying again. */
export const SYNC_FAILURES = {
  GIT_MISSING: { family: 'operator', transient: true },
  GIT_URL_REFUSED: { family: 'caller', transient: false },
  GIT_BRANCH_REFUSED: { family: 'caller', transient: false },
  AGENT_DIRECTORY_REFUSED: { family: 'caller', transient: false },
  ADDRESS_REFUSED: { family: 'caller', transient: false },
  REDIRECT_REFUSED: { family: 'caller', transient: false },
  REPOSITORY_NOT_FOUND: { family: 'caller', transient: false },
  AUTHENTICATION_REQUIRED: { family: 'caller', transient: false },
  GIT_AUTHENTICATION_FAILED: { family: 'caller', transient: false },
  GIT_CREDENTIAL_FOR_OTHER_ADDRESS: { family: 'caller', transient: false },
  GIT_CREDENTIAL_UNREADABLE: { family: 'operator', transient: true },
  REPOSITORY_EMPTY: { family: 'caller', transient: false },
  BRANCH_NOT_FOUND: { family: 'caller', transient: false },
  OBJECTS_REFUSED: { family: 'caller', transient: false },
  TIME_LIMIT: { family: 'caller', transient: false },
  SIZE_LIMIT: { family: 'caller', transient: false },
  FILE_COUNT_LIMIT: { family: 'caller', transient: false },
  CONTENT_TOTAL_LIMIT: { family: 'caller', transient: false },
  REPOSITORY_UNREACHABLE: { family: 'caller', transient: true },
  FETCH_FAILED: { family: 'caller', transient: true },
  MIRROR_BUSY: { family: 'operator', transient: true },
  MIRROR_BROKEN: { family: 'operator', transient: true },
  INTERNAL_ERROR: { family: 'bug', transient: true },
  OVERTAKEN: { family: 'operator', transient: true },
} as const satisfies Record<string, SyncFailureRule>;

export type SyncFailureCode = keyof typeof SYNC_FAILURES;

/** A sync that could not be done as a whole: its code and message are recorded on the repository. Never holds paths of this machine. */
export class SyncFailedError extends PlinthError {
  readonly family: ErrorFamily;
  readonly transient: boolean;

  constructor(
    readonly code: SyncFailureCode,
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
    this.family = SYNC_FAILURES[code].family;
    this.transient = SYNC_FAILURES[code].transient;
  }
}
