import { Column, Entity, Index, type Relation } from 'typeorm';
import { CreatedAt, Id, OneOf, OrgId, UpdatedAt } from '../declare/columns.js';
import { FromOrgTo, OfOrganization, WithinOrg } from '../declare/references.js';
import { SqlIndex } from '../declare/sql-index.js';
import { Tenancy } from '../declare/tenancy.js';
import { Organization } from '../identity/organization.entity.js';
import { User } from '../identity/user.entity.js';

export const RUN_STATUSES = ['QUEUED', 'RUNNING', 'WAITING_INPUT', 'COMPLETED', 'FAILED', 'CANCELLED'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

/** One execution of an agent, and of the agents it called. */
@Entity({ schema: 'app', name: 'run' })
@Index(['orgId', 'sessionId'])
@SqlIndex({ name: 'ix_run_created_at', columns: ['org_id', 'created_at desc', 'id desc'] })
@Tenancy('T')
export class Run {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @Id()
  id: string;

  @Column({ type: 'varchar', length: 255 })
  agentName: string;

  @Column({ type: 'varchar', length: 255, nullable: true })
  sessionId: string | null;

  @Column({ type: 'uuid', nullable: true })
  parentRunId: string | null;

  @WithinOrg(() => Run, { by: 'parentRunId', onDelete: 'CASCADE' })
  parentRun?: Relation<Run> | null;

  /** The agents above this one, outermost first. */
  @Column({ type: 'text', array: true, default: () => "'{}'" })
  callStack: string[];

  @Column({ type: 'text', nullable: true })
  initialPrompt: string | null;

  @OneOf(RUN_STATUSES, { default: 'QUEUED' })
  status: RunStatus;

  @Column({ type: 'text', nullable: true })
  errorMessage: string | null;

  @Column({ type: 'uuid', nullable: true })
  createdBy: string | null;

  @FromOrgTo(() => User, { by: 'createdBy', onDelete: 'CASCADE' })
  creator?: Relation<User> | null;

  /** Raised when another worker takes the run over: the one before cannot write any more. */
  @Column({ type: 'bigint', default: 0 })
  fence: string;

  @Column({ type: 'bigint', default: 0 })
  totalTokens: string;

  /** Millionths of the currency unit. */
  @Column({ type: 'bigint', default: 0 })
  costMicros: string;

  @Column({ type: 'timestamptz', nullable: true })
  completedAt: Date | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
