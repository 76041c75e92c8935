import type { Sql } from '#database';
import type { JobDefinition } from '../catalogue/define-job.js';
import { holdKey, type ClaimedJob, type EndedJob } from './claimed-job.js';
import type { ClaimRequest, ClaimResult, JobStore, SettleResult } from './job-store.js';

const CLAIM = `select app.claim_jobs(:worker, :limit, :leaseMs, :kinds::text[], :kindLimits::int[], :orgLimits::int[], :share, :heldOrgs::uuid[], :heldCounts::int[]) as answer`;
const SETTLE = 'select settled, busy from app.settle_jobs(:orgs::uuid[], :ids::uuid[], :fences::bigint[], :outcomes::text[], :delays::int[], :errors::text[])';
const RENEW = 'select app.renew_jobs(:orgs::uuid[], :ids::uuid[], :fences::bigint[], :leaseMs) as ids';

/** As app.claim_jobs builds it: org_id, id, kind, payload, attempts, max_attempts, fence, created_at in milliseconds. */
type JobTuple = readonly [string, string, string, unknown, number, number, number, number];

interface ClaimAnswer {
  answer: { jobs: readonly JobTuple[]; more: boolean; dueInMs: number | null; reclaimed: number };
}

/** The jobs of organizations, as `app_queue`. Each method is one round trip. */
export class OrganizationJobStore implements JobStore {
  readonly #sql: Sql;
  readonly #rules: { kinds: string[]; kindLimits: (number | null)[]; orgLimits: (number | null)[] };

  constructor(sql: Sql, definitions: readonly JobDefinition[]) {
    this.#sql = sql;
    this.#rules = {
      kinds: definitions.map(({ kind }) => kind),
      kindLimits: definitions.map(({ concurrency }) => concurrency),
      orgLimits: definitions.map(({ concurrencyPerOrganization }) => concurrencyPerOrganization),
    };
  }

  async claim({ worker, limit, leaseMs, share, held }: ClaimRequest): Promise<ClaimResult> {
    const [row] = await this.#sql.query<ClaimAnswer>(CLAIM, {
      worker,
      limit,
      leaseMs,
      share,
      ...this.#rules,
      heldOrgs: [...held.keys()],
      heldCounts: [...held.values()],
    });
    if (row === undefined) throw new TypeError('app.claim_jobs answered no row.');
    return { ...row.answer, jobs: row.answer.jobs.map(jobOf) };
  }

  async settle(ended: readonly EndedJob[]): Promise<SettleResult> {
    const outcomes = ended.map(({ outcome }) => outcome);
    const [row] = await this.#sql.query<{ settled: string[]; busy: string[] }>(SETTLE, {
      ...addressesOf(ended.map(({ job }) => job)),
      outcomes: outcomes.map(({ type }) => type),
      delays: outcomes.map((outcome) => (outcome.type === 'RETRY' ? outcome.delayMs : 0)),
      errors: outcomes.map((outcome) => ('error' in outcome ? outcome.error : null)),
    });
    const keysOf = (ids: ReadonlySet<string>): Set<string> => new Set(ended.filter(({ job }) => ids.has(job.id)).map(({ job }) => holdKey(job)));
    return { settled: keysOf(new Set(row?.settled)), busy: keysOf(new Set(row?.busy)) };
  }

  async renew(jobs: readonly ClaimedJob[], leaseMs: number): Promise<ReadonlySet<string>> {
    const [row] = await this.#sql.query<{ ids: string[] }>(RENEW, { ...addressesOf(jobs), leaseMs });
    const ids = new Set(row?.ids);
    return new Set(jobs.filter(({ id }) => ids.has(id)).map(holdKey));
  }
}

function jobOf([orgId, id, kind, payload, attempt, maxAttempts, fence, createdMs]: JobTuple): ClaimedJob {
  return { orgId, id, kind, payload, attempt, maxAttempts, fence, createdAt: new Date(createdMs), leasedAt: performance.now() };
}

function addressesOf(jobs: readonly ClaimedJob[]): { orgs: (string | null)[]; ids: string[]; fences: number[] } {
  return { orgs: jobs.map(({ orgId }) => orgId), ids: jobs.map(({ id }) => id), fences: jobs.map(({ fence }) => fence) };
}
