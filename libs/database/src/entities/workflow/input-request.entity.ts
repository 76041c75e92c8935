import { Column, Entity, type Relation } from 'typeorm';
import { CreatedAt, Id, OrgId, UpdatedAt } from '../declare/columns.js';
import { FromOrgTo, OfOrganization, WithinOrg } from '../declare/references.js';
import { Tenancy } from '../declare/tenancy.js';
import { Organization } from '../identity/organization.entity.js';
import { User } from '../identity/user.entity.js';
import { Run } from './run.entity.js';
import { Step } from './step.entity.js';

/** A question that a run waits for a person to answer. */
@Entity({ schema: 'app', name: 'input_request' })
@Tenancy('T')
export class InputRequest {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @Id()
  id: string;

  @Column({ type: 'uuid' })
  runId: string;

  @WithinOrg(() => Run, { by: 'runId', onDelete: 'CASCADE' })
  run?: Relation<Run>;

  @Column({ type: 'uuid', nullable: true })
  stepId: string | null;

  @WithinOrg(() => Step, { by: 'stepId', onDelete: 'CASCADE' })
  step?: Relation<Step> | null;

  @Column({ type: 'varchar', length: 50 })
  requestType: string;

  @Column({ type: 'text' })
  prompt: string;

  /** JSON Schema that the answer must satisfy. */
  @Column({ type: 'jsonb', nullable: true })
  schema: Record<string, unknown> | null;

  @Column({ type: 'jsonb', nullable: true })
  response: unknown | null;

  @Column({ type: 'uuid', nullable: true })
  respondedBy: string | null;

  @FromOrgTo(() => User, { by: 'respondedBy', onDelete: 'CASCADE' })
  responder?: Relation<User> | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  requestedAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  respondedAt: Date | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
