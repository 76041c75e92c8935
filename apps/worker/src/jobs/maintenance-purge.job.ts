import { AuditConfig, AuthConnection, MaintenanceConfig, RequestRecordsConfig } from '#database';
import { purgeAuditLog, purgeOneTimeTokens, purgeRegistrations, purgeSessions } from '#identity';
import { defineSystemJob, type JobHandler, type PayloadOf, type SystemJobWork } from '#queue';
import { purge, purgeRateLimits } from '#service';
import { Injectable } from '@nestjs/common';

const DAY_SECONDS = 86_400;
const DAY_MS = 86_400_000;
const BATCH = 1_000;

/** Deletes what is past its retention, every hour. */
export const maintenancePurge = defineSystemJob({
  kind: 'maintenance.purge',
  schedule: { cron: '17 * * * *', timeZone: 'UTC' },
  timeoutMs: 3_000_000,
  maxAttempts: 3,
  backoff: { baseMs: 60_000, maxMs: 300_000 },
});

type Work = SystemJobWork<PayloadOf<typeof maintenancePurge>>;
/** Deletes one kind of thing. @returns how many */
type Purge = () => Promise<number>;

/** What one purge does does not keep the others from theirs; where one failed, the job has failed, and its next attempt tries all again. */
@Injectable()
export class MaintenancePurgeJob implements JobHandler<typeof maintenancePurge> {
  constructor(
    private readonly auth: AuthConnection,
    private readonly audit: AuditConfig,
    private readonly records: RequestRecordsConfig,
    private readonly maintenance: MaintenanceConfig,
  ) {}

  async handle(work: Work): Promise<void> {
    const { signal, logger } = work;
    const purged: Record<string, number> = {};
    const failures: unknown[] = [];
    for (const [what, run] of Object.entries(this.#purges(work))) {
      if (signal.aborted) break;
      try {
        purged[what] = await run();
      } catch (error) {
        failures.push(error);
        logger.error({ err: error, what }, 'could not purge');
      }
    }
    logger.info({ purged, failed: failures.length }, 'purged');
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of the purges failed; the log says which and why.`);
  }

  #purges({ unrestricted, signal }: Work): Readonly<Record<string, Purge>> {
    const { auth } = this;
    const now = new Date();
    const apiCallsBefore = new Date(now.getTime() - this.records.apiCallRetentionDays * DAY_MS);
    const auditUse = { reason: 'retention of audit_log', actor: 'retention' };
    return {
      sessions: () => purgeSessions(auth, { refreshTokenTtlSeconds: this.maintenance.sessionRetentionDays * DAY_SECONDS }, now),
      registrations: () => inBatches(signal, (most) => purgeRegistrations(auth, most)),
      oneTimeTokens: () => inBatches(signal, (most) => purgeOneTimeTokens(auth, most)),
      rateLimits: () => purgeRateLimits(auth, { now: now.getTime(), signal }),
      idempotencyKeys: () => purge(unrestricted, { table: 'idempotency_key', before: now, signal }),
      apiCalls: () => purge(unrestricted, { table: 'api_call', before: apiCallsBefore, signal }),
      auditLog: () => purgeAuditLog((work) => unrestricted.run(auditUse, work), { retentionDays: this.audit.retentionDays, signal, now }),
    };
  }
}

/** Deletes batch after batch, until one is not full. */
async function inBatches(signal: AbortSignal, some: (most: number) => Promise<number>): Promise<number> {
  let deleted = 0;
  while (!signal.aborted) {
    const batch = await some(BATCH);
    deleted += batch;
    if (batch < BATCH) break;
  }
  return deleted;
}
