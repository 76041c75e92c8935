import { CommitUnknownError } from '#database';

/** Whether a failed request may have been carried out all the same: a commit was sent, and its answer lost. */
export function mayHaveTakenEffect(error: unknown): boolean {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth += 1) {
    if (current instanceof CommitUnknownError) return true;
  }
  return false;
}
