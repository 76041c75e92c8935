import { Column, Entity } from 'typeorm';
import { CreatedAt, Id, OneOf, UpdatedAt } from '../declare/columns.js';
import { SqlIndex } from '../declare/sql-index.js';
import { ALL_COMMANDS, Tenancy } from '../declare/tenancy.js';
import { HandmadeTrigger } from '../declare/triggers.js';
import { JOB_STATES, type JobState } from './job-state.js';

/** A piece of work of the system itself: what a schedule starts, and work over all organizations. */
@Entity({ schema: 'app', name: 'system_job', comment: 'A piece of work of the system itself: what a schedule starts, and work over all organizations.' })
@SqlIndex({ name: 'uq_system_job_dedupe', columns: ['kind', 'dedupe_key'], where: "state = 'READY' and dedupe_key is not null", unique: true })
@SqlIndex({ name: 'ix_system_job_ready', columns: ['run_at', 'id'], where: "state = 'READY'" })
@SqlIndex({ name: 'ix_system_job_lease', columns: ['lease_until'], where: "state = 'RUNNING'" })
@HandmadeTrigger('job_wakes_workers')
@Tenancy('S', { queue: ALL_COMMANDS })
export class SystemJob {
  @Id()
  id: string;

  @Column({ type: 'varchar', length: 255, comment: 'Which handler does it.' })
  kind: string;

  @Column({ type: 'jsonb', default: () => "'{}'", comment: 'What the handler is given.' })
  payload: Record<string, unknown>;

  @Column({ type: 'varchar', length: 255, nullable: true, comment: 'While a job with this key is ready, enqueuing the same kind and key again adds nothing.' })
  dedupeKey: string | null;

  @Column({ type: 'integer', default: 0, comment: 'The greater number first, within one kind.' })
  priority: number;

  @Column({ type: 'bigint', nullable: true, comment: "Unused: the system's own jobs start in the order they come due." })
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
