import { Column, Entity } from 'typeorm';
import { CreatedAt, Id, OneOf, UpdatedAt } from '../declare/columns.js';
import { SqlIndex } from '../declare/sql-index.js';
import { ALL_COMMANDS, Tenancy } from '../declare/tenancy.js';
import { JOB_STATES, type JobState } from './job-state.js';

/** A piece of work of the system itself: what a schedule starts, and work over all organizations. */
@Entity({ schema: 'app', name: 'system_job' })
@SqlIndex({ name: 'uq_system_job_dedupe', columns: ['kind', 'dedupe_key'], where: "state = 'READY' and dedupe_key is not null", unique: true })
@SqlIndex({ name: 'ix_system_job_ready', columns: ['run_at', 'id'], where: "state = 'READY'" })
@SqlIndex({ name: 'ix_system_job_lease', columns: ['lease_until'], where: "state = 'RUNNING'" })
@Tenancy('S', { queue: ALL_COMMANDS })
export class SystemJob {
  @Id()
  id: string;

  @Column({ type: 'varchar', length: 255 })
  kind: string;

  @Column({ type: 'jsonb', default: () => "'{}'" })
  payload: Record<string, unknown>;

  /** While a job with this key is ready, enqueuing the same kind and key again adds nothing. */
  @Column({ type: 'varchar', length: 255, nullable: true })
  dedupeKey: string | null;

  @Column({ type: 'integer', default: 0 })
  priority: number;

  /** Unused: the system's own jobs start in the order they come due. */
  @Column({ type: 'bigint', nullable: true })
  virtualTime: string | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  runAt: Date;

  @Column({ type: 'integer', default: 0 })
  attempts: number;

  @Column({ type: 'integer', default: 10 })
  maxAttempts: number;

  @OneOf(JOB_STATES, { default: 'READY' })
  state: JobState;

  @Column({ type: 'varchar', length: 255, nullable: true })
  lockedBy: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  leaseUntil: Date | null;

  /** Raised with each lease: a worker whose lease passed on cannot write any more. */
  @Column({ type: 'bigint', default: 0 })
  fence: string;

  @Column({ type: 'text', nullable: true })
  lastError: string | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
