import { defineJob, defineSystemJob } from '#queue';

/** Adds the runs of one organization that have ended to its usage. */
export const usageCount = defineJob({ kind: 'usage.count', payload: {}, dedupe: () => 'usage', concurrencyPerOrganization: 1, timeoutMs: 300_000 });

/** Finds the organizations that have something to count, every minute. */
export const usageScan = defineSystemJob({ kind: 'usage.scan', schedule: { cron: '* * * * *', timeZone: 'UTC' } });
