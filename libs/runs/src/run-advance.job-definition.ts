import { defineJob, number, uuid } from '#queue';

/**
 * Takes a run on from where it stands, until it ends or waits. `turn` counts how often the run was queued: a job of an earlier
 * turn, run again because its worker died after its last write, finds that a later one has the run and leaves it alone.
 * It may take as long as a run may; what fails a run is written on the run, so that attempts are used up by dying workers and
 * an absent database only.
 */
export const runAdvance = defineJob({
  kind: 'run.advance',
  payload: { runId: uuid, turn: number },
  dedupe: ({ runId, turn }) => `${runId} ${turn}`,
  timeoutMs: 90_000_000,
  maxAttempts: 100,
  backoff: { baseMs: 200, maxMs: 10_000 },
});
