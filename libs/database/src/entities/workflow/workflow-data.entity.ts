import { Column, Entity, Index, type Relation } from 'typeorm';
import { CreatedAt, OrgId, SerialId, Uid, UpdatedAt } from '../declare/columns.js';
import { OfOrganization, WithinOrg } from '../declare/references.js';
import { Tenancy } from '../declare/tenancy.js';
import { Immutable } from '../declare/triggers.js';
import { Organization } from '../identity/organization.entity.js';
import { Run } from './run.entity.js';
import { Step } from './step.entity.js';

/** What the agents of a run leave for one another. Never changed, by anyone: it goes only with its run. */
@Entity({
  schema: 'app',
  name: 'workflow_data',
  comment: 'What the agents of a run leave for one another. Never changed, by anyone: it goes only with its run.',
})
@Index(['orgId', 'key'])
@Immutable()
@Tenancy('T', { tenant: { select: true, insert: true }, admin: { select: true, insert: true } })
export class WorkflowData {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @SerialId()
  id: string;

  @Uid()
  uid: string;

  @Column({ type: 'uuid', comment: 'The run whose agents share it.' })
  runId: string;

  @WithinOrg(() => Run, { by: 'runId', onDelete: 'CASCADE' })
  run?: Relation<Run>;

  @Column({ type: 'uuid', nullable: true, comment: 'The step that left it, if one did.' })
  stepId: string | null;

  @WithinOrg(() => Step, { by: 'stepId', onDelete: 'CASCADE' })
  step?: Relation<Step> | null;

  @Column({ type: 'varchar', length: 255, comment: 'What other agents look for it by.' })
  key: string;

  @Column({ type: 'jsonb', nullable: true, comment: 'What was left, as JSON.' })
  value: unknown | null;

  @Column({ type: 'varchar', length: 50, nullable: true, comment: 'What kind of value it is, as the agent says.' })
  dataType: string | null;

  @Column({ type: 'text', array: true, default: () => "'{}'", comment: 'Words to find it by.' })
  tags: string[];

  @Column({ type: 'varchar', length: 255, nullable: true, comment: 'Name of the agent that left it.' })
  createdByAgent: string | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
