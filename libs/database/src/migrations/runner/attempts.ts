import { setTimeout as pause } from 'node:timers/promises';
import { sqlStateOf } from '../../errors.js';
import { MigrationBlockedError } from '../errors.js';
import type { BlockerWatch } from './blockers.js';

/** lock_not_available, deadlock_detected */
const NO_LOCK = new Set(['55P03', '40P01']);
const LONGEST_PAUSE_MS = 10_000;

export interface AttemptOptions {
  readonly name: string;
  /** How often in all, at least 1. */
  readonly tries: number;
  /** Before the second try; doubled before each further one, up to ten seconds. */
  readonly pauseMs: number;
  readonly watch: BlockerWatch;
  readonly say: (text: string) => void;
}

/**
 * Runs `work` again where it did not get its locks in time: waiting in the lock's queue would stop everybody who comes after it.
 * @throws MigrationBlockedError that names who held them, after the last try; everything else that `work` throws at once
 */
export async function withAttempts(work: () => Promise<unknown>, { name, tries, pauseMs, watch, say }: AttemptOptions): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    try {
      await work();
      return;
    } catch (error) {
      if (!NO_LOCK.has(sqlStateOf(error) ?? '')) throw error;
      if (tried >= tries) throw new MigrationBlockedError(name, tries, watch.last, error);
      say(`did not get its locks (try ${tried} of ${tries}); blocked by ${watch.last}. Trying again`);
      await pause(Math.min(pauseMs * 2 ** (tried - 1), LONGEST_PAUSE_MS));
    }
  }
}
