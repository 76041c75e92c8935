import { Column, Entity, type Relation } from 'typeorm';
import { CreatedAt, Id, OrgId, UpdatedAt } from '../declare/columns.js';
import { FromOrgTo, OfOrganization, WithinOrg } from '../declare/references.js';
import { SqlIndex } from '../declare/sql-index.js';
import { Tenancy } from '../declare/tenancy.js';
import { Organization } from '../identity/organization.entity.js';
import { User } from '../identity/user.entity.js';
import { Run } from './run.entity.js';
import { Step } from './step.entity.js';

/** A question that a run waits for a person to answer. */
@Entity({ schema: 'app', name: 'input_request', comment: 'A question that a run waits for a person to answer.' })
@SqlIndex({ name: 'ix_input_request_open', columns: ['org_id', 'requested_at', 'id'], where: 'responded_at is null' })
@Tenancy('T')
export class InputRequest {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @Id()
  id: string;

  @Column({ type: 'uuid', comment: 'The run that waits.' })
  runId: string;

  @WithinOrg(() => Run, { by: 'runId', onDelete: 'CASCADE' })
  run?: Relation<Run>;

  @Column({ type: 'uuid', nullable: true, comment: 'The step that asked, if one did.' })
  stepId: string | null;

  @WithinOrg(() => Step, { by: 'stepId', onDelete: 'CASCADE' })
  step?: Relation<Step> | null;

  @Column({ type: 'varchar', length: 50, comment: 'What kind of answer is wanted.' })
  requestType: string;

  @Column({ type: 'text', comment: 'The question, as the person reads it.' })
  prompt: string;

  @Column({ type: 'jsonb', nullable: true, comment: 'JSON Schema that the answer must satisfy.' })
  schema: Record<string, unknown> | null;

  @Column({ type: 'jsonb', nullable: true, comment: 'The answer; null until it is given.' })
  response: unknown | null;

  @Column({ type: 'uuid', nullable: true, comment: 'The user who answered; the row goes with that user.' })
  respondedBy: string | null;

  @FromOrgTo(() => User, { by: 'respondedBy', onDelete: 'CASCADE' })
  responder?: Relation<User> | null;

  @Column({ type: 'timestamptz', default: () => 'now()', comment: 'When the question was asked.' })
  requestedAt: Date;

  @Column({ type: 'timestamptz', nullable: true, comment: 'When it was answered; null: it is open.' })
  respondedAt: Date | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
