import { Column, Entity, Index, type Relation } from 'typeorm';
import { CreatedAt, Id, OneOf, OrgId, UpdatedAt } from '../declare/columns.js';
import { FromOrgTo, OfOrganization, WithinOrg } from '../declare/references.js';
import { Tenancy } from '../declare/tenancy.js';
import { Organization } from '../identity/organization.entity.js';
import { User } from '../identity/user.entity.js';
import { Run } from '../workflow/run.entity.js';
import { Agent } from './agent.entity.js';

export const TASK_STATUSES = ['PENDING', 'QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED'] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];

/** A piece of work given to an agent. */
@Entity({ schema: 'app', name: 'task' })
@Index(['orgId', 'status'])
@Tenancy('T')
export class Task {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @Id()
  id: string;

  @Column({ type: 'uuid' })
  agentId: string;

  @WithinOrg(() => Agent, { by: 'agentId', onDelete: 'CASCADE' })
  agent?: Relation<Agent>;

  /** The run that carries it out. */
  @Column({ type: 'uuid', nullable: true })
  runId: string | null;

  @WithinOrg(() => Run, { by: 'runId', onDelete: 'NO ACTION' })
  run?: Relation<Run> | null;

  @Column({ type: 'varchar', length: 255 })
  title: string;

  @Column({ type: 'jsonb', default: () => "'{}'" })
  input: Record<string, unknown>;

  @Column({ type: 'jsonb', nullable: true })
  output: Record<string, unknown> | null;

  @OneOf(TASK_STATUSES, { default: 'PENDING' })
  status: TaskStatus;

  @Column({ type: 'smallint', default: 0 })
  priority: number;

  @Column({ type: 'integer', default: 0 })
  attempts: number;

  @Column({ type: 'text', nullable: true })
  errorMessage: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  scheduledAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  startedAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  completedAt: Date | null;

  @Column({ type: 'uuid', nullable: true })
  createdBy: string | null;

  @FromOrgTo(() => User, { by: 'createdBy', onDelete: 'SET NULL' })
  creator?: Relation<User> | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
