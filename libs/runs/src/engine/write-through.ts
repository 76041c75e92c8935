import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '#database';
import { isOutage } from './outage.js';

/** Between two tries, in milliseconds: together about as long as a database takes to restart. */
const PAUSES_MS: readonly number[] = [100, 300, 1_000, 3_000, 10_000];

/**
 * Writes what has been paid for, and tries again while the database is away or busy: given up, it could not be had a second time.
 * `write` is told whether it is tried again, and must then write nothing where it did before; it answers undefined where it wrote nothing.
 * @throws what `write` throws, once it is no use to go on: when the job is not this worker's any more, or after some 15 seconds, and
 * where a later try finds nothing to write, since whether an earlier one did is not known
 */
export async function writeThrough<T>(
  write: (isAgain: boolean) => Promise<T | undefined>,
  { signal, logger }: { readonly signal: AbortSignal; readonly logger: Logger },
): Promise<T | undefined> {
  let failure: Error | undefined;
  for (let tries = 0; ; tries += 1) {
    try {
      const written = await write(failure !== undefined);
      if (written !== undefined || failure === undefined) return written;
    } catch (error) {
      const wait = PAUSES_MS[tries];
      if (!(error instanceof Error) || !isOutage(error) || wait === undefined || signal.aborted) throw error;
      failure = error;
      logger.warn({ err: error, retryInMs: wait }, 'the end of a step could not be written; trying again');
      await pause(wait, undefined, { signal }).catch(() => undefined);
      continue;
    }
    throw failure;
  }
}
