import { Column, Entity, PrimaryColumn, type Relation } from 'typeorm';
import { CreatedAt, OneOf, OrgId, UpdatedAt } from '../declare/columns.js';
import { OfOrganization, WithinOrg } from '../declare/references.js';
import { Tenancy } from '../declare/tenancy.js';
import { HandmadeTrigger, Immutable } from '../declare/triggers.js';
import { Organization } from '../identity/organization.entity.js';
import { Run } from './run.entity.js';

export const RUN_EVENT_TYPES = ['RUN_STATUS', 'STEP_STARTED', 'STEP_ENDED', 'INPUT_REQUESTED', 'INPUT_ANSWERED'] as const;
export type RunEventType = (typeof RUN_EVENT_TYPES)[number];

/** What happened to a run, in order and without gaps: who follows the run reads on from the last number it saw. */
@Entity({
  schema: 'app',
  name: 'run_event',
  comment: 'What happened to a run, in order and without gaps: who follows the run reads on from the last number it saw.',
})
@Immutable()
@HandmadeTrigger('notify_run_event')
@Tenancy('T', { tenant: { select: true, insert: true }, admin: { select: true, insert: true } })
export class RunEvent {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @PrimaryColumn({ type: 'uuid', comment: 'The run it happened to.' })
  runId: string;

  @WithinOrg(() => Run, { by: 'runId', onDelete: 'CASCADE', index: false })
  run?: Relation<Run>;

  @PrimaryColumn({ type: 'integer', comment: 'Its place in the run, from 1, without gaps: given under the lock of the run.' })
  number: number;

  @OneOf(RUN_EVENT_TYPES, { comment: 'What kind of thing happened.' })
  type: RunEventType;

  @Column({ type: 'jsonb', default: () => "'{}'", comment: 'What happened, as it is shown to who follows the run.' })
  data: Record<string, unknown>;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
