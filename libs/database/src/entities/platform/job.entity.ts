import { Check, Column, Entity } from 'typeorm';
import { CreatedAt, Id, OneOf, OrgId, UpdatedAt } from '../declare/columns.js';
import { SqlIndex } from '../declare/sql-index.js';
import { ALL_COMMANDS, Tenancy } from '../declare/tenancy.js';
import { HandmadeTrigger } from '../declare/triggers.js';
import { JOB_STATES, type JobState } from './job-state.js';

/** What a tenant may read of its jobs: everything but `virtual_time`, which tells how busy the others are. */
const READABLE = [
  'org_id',
  'id',
  'kind',
  'payload',
  'dedupe_key',
  'priority',
  'run_at',
  'attempts',
  'max_attempts',
  'state',
  'locked_by',
  'lease_until',
  'fence',
  'last_error',
  'created_at',
  'updated_at',
] as const;

/** What a tenant gives a job of its own. Its place in the line is given by a trigger, its runs are the worker's. */
const GIVEN = ['org_id', 'id', 'kind', 'payload', 'dedupe_key', 'priority', 'run_at', 'max_attempts'] as const;

const IN_LINE = "state = 'READY' and virtual_time is not null";

/**
 * A piece of work of one organization, enqueued in the transaction that causes it and claimed by `app_queue`. No foreign key to its
 * organization: on a sharded database the queue stays on the coordinator, so its rows are erased by org_id.
 * The indexes that org_id does not lead are the queue's own, which looks at all organizations.
 */
@Entity({ schema: 'app', name: 'job', comment: 'A piece of work of one organization, enqueued in the transaction that causes it and claimed by `app_queue`.' })
@Check('ck_job_run_at_finite', 'isfinite("run_at")')
@SqlIndex({ name: 'uq_job_dedupe', columns: ['org_id', 'kind', 'dedupe_key'], where: "state = 'READY' and dedupe_key is not null", unique: true })
@SqlIndex({ name: 'ix_job_state', columns: ['org_id', 'state', 'created_at desc'] })
@SqlIndex({ name: 'ix_job_own_line', columns: ['org_id', 'priority', 'virtual_time desc nulls last'], where: IN_LINE })
@SqlIndex({ name: 'ix_job_own_kind', columns: ['org_id', 'kind', 'virtual_time nulls first', 'id'], where: IN_LINE })
@SqlIndex({ name: 'ix_job_line', columns: ['virtual_time', 'id'], where: IN_LINE })
@SqlIndex({ name: 'ix_job_due', columns: ['run_at'], where: "state = 'READY' and virtual_time is null" })
@SqlIndex({ name: 'ix_job_dead', columns: ['kind', 'updated_at'], where: "state = 'DEAD'" })
@SqlIndex({ name: 'ix_job_lease', columns: ['lease_until'], where: "state = 'RUNNING'" })
@HandmadeTrigger('job_takes_place')
@HandmadeTrigger('job_wakes_workers')
@Tenancy('T', { tenant: { select: READABLE, insert: GIVEN, update: ['run_at'] }, queue: ALL_COMMANDS })
export class Job {
  @OrgId()
  orgId: string;

  @Id()
  id: string;

  @Column({ type: 'varchar', length: 255, comment: 'Which handler does it.' })
  kind: string;

  @Column({ type: 'jsonb', default: () => "'{}'", comment: 'What the handler is given.' })
  payload: Record<string, unknown>;

  @Column({ type: 'varchar', length: 255, nullable: true, comment: 'While a job with this key is ready, enqueuing the same kind and key again adds nothing.' })
  dedupeKey: string | null;

  @Column({
    type: 'integer',
    default: 0,
    comment: '1 high, 0 normal, -1 low, each a line of its own within the organization; a trigger reduces other numbers to their sign.',
  })
  priority: number;

  @Column({
    type: 'bigint',
    nullable: true,
    select: false,
    comment: 'The place in the common line, once the job is due: a burst queues behind itself, not in front of others. Null before.',
  })
  virtualTime: string | null;

  @Column({ type: 'timestamptz', default: () => 'now()', comment: 'Not claimed before this time.' })
  runAt: Date;

  @Column({ type: 'integer', default: 0, comment: 'How many times it was claimed.' })
  attempts: number;

  @Column({ type: 'integer', default: 10, comment: 'After so many attempts the job is dead.' })
  maxAttempts: number;

  @OneOf(JOB_STATES, {
    default: 'READY',
    comment: "READY waits for its time, RUNNING is leased by a worker, DEAD used up its attempts. A finished job's row is gone.",
  })
  state: JobState;

  @Column({ type: 'varchar', length: 255, nullable: true, comment: 'The worker that holds the lease.' })
  lockedBy: string | null;

  @Column({ type: 'timestamptz', nullable: true, comment: 'When the lease ends, unless the worker renews it.' })
  leaseUntil: Date | null;

  @Column({ type: 'bigint', default: 0, comment: 'Raised with each lease: a worker whose lease passed on cannot write any more.' })
  fence: string;

  @Column({ type: 'text', nullable: true, comment: 'Why the last attempt failed.' })
  lastError: string | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
