import { defineJob, uuid } from '#queue';

/**
 * Reads one agent repository; `repositoryId` is its public id. One waiting job per repository is enough. The time covers
 * the fetch, which has a limit of its own, and everything after it.
 */
export const repositorySync = defineJob({
  kind: 'repository.sync',
  payload: { repositoryId: uuid },
  dedupe: (payload: { repositoryId: string }) => payload.repositoryId,
  maxAttempts: 5,
  timeoutMs: 15 * 60_000,
  backoff: { baseMs: 5_000, maxMs: 600_000 },
  concurrencyPerOrganization: 2,
});
