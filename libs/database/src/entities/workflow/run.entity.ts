import { Column, Entity, Index, type Relation } from 'typeorm';
import { CreatedAt, Id, OneOf, OrgId, UpdatedAt } from '../declare/columns.js';
import { FromOrgTo, OfOrganization, WithinOrg } from '../declare/references.js';
import { SqlIndex } from '../declare/sql-index.js';
import { Tenancy } from '../declare/tenancy.js';
import { BeforeWrite } from '../declare/triggers.js';
import { Task } from '../core/task.entity.js';
import { Organization } from '../identity/organization.entity.js';
import { User } from '../identity/user.entity.js';

export const RUN_STATUSES = ['QUEUED', 'RUNNING', 'WAITING_INPUT', 'COMPLETED', 'FAILED', 'CANCELLED'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

/** One execution of an agent, and of the agents it called. */
@Entity({ schema: 'app', name: 'run', comment: 'One execution of an agent, and of the agents it called.' })
@Index(['orgId', 'sessionId'])
@SqlIndex({ name: 'ix_run_open', columns: ['org_id', 'status'], where: "status = any (array['QUEUED', 'RUNNING', 'WAITING_INPUT']::text[])" })
@BeforeWrite({ name: 'check_run_transition', on: 'update', call: 'check_run_transition' })
@SqlIndex({ name: 'ix_run_uncounted', columns: ['org_id', 'completed_at'], where: 'completed_at is not null and usage_counted_at is null' })
@SqlIndex({ name: 'ix_run_created_at', columns: ['org_id', 'created_at desc', 'id desc'] })
@Tenancy('T')
export class Run {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @Id()
  id: string;

  @Column({ type: 'varchar', length: 255, comment: 'Name of the agent that runs.' })
  agentName: string;

  @Column({ type: 'varchar', length: 255, nullable: true, comment: 'The same for the runs of one conversation.' })
  sessionId: string | null;

  @Column({ type: 'uuid', nullable: true, comment: 'The run that called this one; null: a person or program did.' })
  parentRunId: string | null;

  @WithinOrg(() => Run, { by: 'parentRunId', onDelete: 'CASCADE' })
  parentRun?: Relation<Run> | null;

  @Column({ type: 'uuid', nullable: true, comment: 'The task that made the run, if one did.' })
  taskId: string | null;

  @WithinOrg(() => Task, { by: 'taskId', onDelete: 'NO ACTION' })
  task?: Relation<Task> | null;

  @Column({ type: 'text', array: true, default: () => "'{}'", comment: 'The agents above this one, outermost first.' })
  callStack: string[];

  @Column({ type: 'text', nullable: true, comment: 'What the run began with.' })
  initialPrompt: string | null;

  @Column({ type: 'jsonb', default: () => "'{}'", comment: 'The agent as it was when the run was made: later edits do not reach a run.' })
  agent: Record<string, unknown>;

  @Column({ type: 'jsonb', default: () => "'{}'", comment: 'How far the run may go: steps, depth, wall time, tokens, cost.' })
  limits: Record<string, unknown>;

  @Column({ type: 'jsonb', nullable: true, comment: 'What the run returned; null until it completed.' })
  output: Record<string, unknown> | null;

  @OneOf(RUN_STATUSES, { default: 'QUEUED', comment: 'How far the run has come; WAITING_INPUT waits for an answer to an input_request.' })
  status: RunStatus;

  @Column({ type: 'varchar', length: 255, nullable: true, comment: 'Stable code of why the run failed.' })
  errorCode: string | null;

  @Column({ type: 'text', nullable: true, comment: 'Why the run failed.' })
  errorMessage: string | null;

  @Column({ type: 'uuid', nullable: true, comment: 'The user who made the row, which goes with that user; null where a program did.' })
  createdBy: string | null;

  @FromOrgTo(() => User, { by: 'createdBy', onDelete: 'CASCADE' })
  creator?: Relation<User> | null;

  @Column({ type: 'bigint', default: 0, comment: 'Raised when another worker takes the run over: the one before cannot write any more.' })
  fence: string;

  @Column({ type: 'integer', default: 0, comment: 'Steps begun so far: the sequence number of the last.' })
  stepCount: number;

  @Column({ type: 'integer', default: 0, comment: 'Events written so far: the number of the last.' })
  eventCount: number;

  @Column({ type: 'bigint', default: 0, comment: 'Tokens that the run has used so far.' })
  totalTokens: string;

  @Column({ type: 'bigint', default: 0, comment: 'Cost so far, in millionths of the currency unit.' })
  costMicros: string;

  @Column({ type: 'timestamptz', nullable: true, comment: 'When a worker first took the run.' })
  startedAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true, comment: 'When the run ended, well or not.' })
  completedAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true, comment: "When the run was added to its organization's usage; null: not yet." })
  usageCountedAt: Date | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
