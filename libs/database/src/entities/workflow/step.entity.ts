import { Column, Entity, Unique, type Relation } from 'typeorm';
import { CreatedAt, Id, OneOf, OrgId, UpdatedAt } from '../declare/columns.js';
import { OfOrganization, WithinOrg } from '../declare/references.js';
import { Tenancy } from '../declare/tenancy.js';
import { BeforeWrite } from '../declare/triggers.js';
import { Organization } from '../identity/organization.entity.js';
import { Run } from './run.entity.js';

/** MODEL asks a language model, TOOL calls a tool, AGENT runs another agent, INPUT asks a person, DATA reads or writes workflow data. */
export const STEP_TYPES = ['MODEL', 'TOOL', 'AGENT', 'INPUT', 'DATA'] as const;
export type StepType = (typeof STEP_TYPES)[number];

export const STEP_STATUSES = ['PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'SKIPPED', 'CANCELLED'] as const;
export type StepStatus = (typeof STEP_STATUSES)[number];

/** One step of a run: a model call, a tool call, a question, a nested run. */
@Entity({ schema: 'app', name: 'step', comment: 'One step of a run: a model call, a tool call, a question, a nested run.' })
@Unique(['orgId', 'runId', 'sequenceNumber'])
@BeforeWrite({ name: 'check_step_transition', on: 'update', call: 'check_step_transition' })
@Tenancy('T')
export class Step {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @Id()
  id: string;

  @Column({ type: 'uuid', comment: 'The run that it belongs to.' })
  runId: string;

  @WithinOrg(() => Run, { by: 'runId', onDelete: 'CASCADE', index: false })
  run?: Relation<Run>;

  @Column({ type: 'integer', comment: 'Its place in the run; unique there.' })
  sequenceNumber: number;

  @OneOf(STEP_TYPES, { comment: 'What kind of step it is.' })
  type: StepType;

  @Column({ type: 'jsonb', nullable: true, comment: 'What the step was given.' })
  input: Record<string, unknown> | null;

  @Column({ type: 'jsonb', nullable: true, comment: 'What the step returned.' })
  output: Record<string, unknown> | null;

  @OneOf(STEP_STATUSES, { default: 'PENDING', comment: 'How far the step has come.' })
  status: StepStatus;

  @Column({ type: 'varchar', length: 255, nullable: true, comment: 'Stable code of why the step failed.' })
  errorCode: string | null;

  @Column({ type: 'text', nullable: true, comment: 'Why the step failed.' })
  errorMessage: string | null;

  @Column({ type: 'timestamptz', nullable: true, comment: 'When the step began.' })
  startedAt: Date | null;

  @Column({
    type: 'timestamptz',
    nullable: true,
    comment: 'Set before a call that costs or changes something is begun: with no end known, it is never silently repeated.',
  })
  calledAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true, comment: 'When the step ended, well or not.' })
  completedAt: Date | null;

  @Column({ type: 'jsonb', default: () => "'{}'", comment: 'Further facts, by name.' })
  metadata: Record<string, unknown>;

  @Column({ type: 'varchar', length: 255, nullable: true, comment: 'The language model that was called, if any.' })
  model: string | null;

  @Column({ type: 'bigint', default: 0, comment: 'Tokens sent to the model.' })
  inputTokens: string;

  @Column({ type: 'bigint', default: 0, comment: 'Tokens that the model returned.' })
  outputTokens: string;

  @Column({ type: 'bigint', default: 0, comment: 'Cost of the step, in millionths of the currency unit.' })
  costMicros: string;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
