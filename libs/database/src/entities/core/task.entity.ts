import { Check, Column, Entity, Index, type Relation } from 'typeorm';
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
@Entity({ schema: 'app', name: 'task', comment: 'A piece of work given to an agent.' })
@Index(['orgId', 'status'])
@Check('ck_task_cron_time_zone', '("cron" is null) = ("time_zone" is null)')
@Tenancy('T')
export class Task {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @Id()
  id: string;

  @Column({ type: 'uuid', comment: 'The agent that is to do the work.' })
  agentId: string;

  @WithinOrg(() => Agent, { by: 'agentId', onDelete: 'CASCADE' })
  agent?: Relation<Agent>;

  @Column({ type: 'uuid', nullable: true, comment: 'The run that carries it out.' })
  runId: string | null;

  @WithinOrg(() => Run, { by: 'runId', onDelete: 'NO ACTION' })
  run?: Relation<Run> | null;

  @Column({ type: 'varchar', length: 255, comment: 'What is to be done, in one line.' })
  title: string;

  @Column({ type: 'jsonb', default: () => "'{}'", comment: 'What the agent is given.' })
  input: Record<string, unknown>;

  @Column({ type: 'jsonb', nullable: true, comment: 'What the agent returned; null until then.' })
  output: Record<string, unknown> | null;

  @OneOf(TASK_STATUSES, { default: 'PENDING', comment: 'How far the work has come.' })
  status: TaskStatus;

  @Column({ type: 'smallint', default: 0, comment: 'How urgent it is among tasks that wait.' })
  priority: number;

  @Column({ type: 'integer', default: 0, comment: 'How many times it was begun: of a task that repeats, this time.' })
  attempts: number;

  @Column({ type: 'integer', default: 1, comment: 'How many times it is begun at most, before it has failed.' })
  maxAttempts: number;

  @Column({ type: 'varchar', length: 255, nullable: true, comment: 'When it repeats, as a cron expression; null: it is done once.' })
  cron: string | null;

  @Column({ type: 'varchar', length: 255, nullable: true, comment: 'The IANA time zone in which cron is read.' })
  timeZone: string | null;

  @Column({ type: 'text', nullable: true, comment: 'Why the last attempt failed.' })
  errorMessage: string | null;

  @Column({ type: 'timestamptz', nullable: true, comment: 'Not begun before this time; null: as soon as possible. Of a task that repeats, the next time.' })
  scheduledAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true, comment: 'When the work began.' })
  startedAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true, comment: 'When the work ended, well or not.' })
  completedAt: Date | null;

  @Column({ type: 'uuid', nullable: true, comment: 'The user who made the row; null where a program did, or once that user is gone.' })
  createdBy: string | null;

  @FromOrgTo(() => User, { by: 'createdBy', onDelete: 'SET NULL' })
  creator?: Relation<User> | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
