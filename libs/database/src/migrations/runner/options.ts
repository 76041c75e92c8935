import type { LockOptions } from '../migration-lock.js';

/** How the runner behaves. */
export interface RunnerOptions extends Omit<LockOptions, 'onWait'> {
  /** How long a statement may wait for a lock, in milliseconds, before its migration is rolled back and tried again. 0 waits for ever. Default 5,000. */
  readonly lockTimeoutMs?: number;
  /** How often a migration is tried that does not get its locks. Default 10. */
  readonly lockTries?: number;
  /** The pause before the second try, in milliseconds, doubled before each further one up to ten seconds. Default 500. */
  readonly retryPauseMs?: number;
  /** Names of migrations whose changed text is accepted as what ran. */
  readonly acceptChanged?: readonly string[];
  /** Called with the names of migrations that ran and that this build does not know: the schema is newer, and nothing is run. */
  readonly onNewer?: (names: readonly string[]) => void;
  /** Called with a line of text for everything worth knowing. */
  readonly say?: (text: string) => void;
}

export const DEFAULT_LOCK_TIMEOUT_MS = 5_000;
export const DEFAULT_LOCK_TRIES = 10;
export const DEFAULT_RETRY_PAUSE_MS = 500;
