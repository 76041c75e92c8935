import { Column, Entity, type Relation } from 'typeorm';
import { CreatedAt, Id, OneOf, OrgId, UpdatedAt } from '../declare/columns.js';
import { OfOrganization } from '../declare/references.js';
import { SqlIndex } from '../declare/sql-index.js';
import { Tenancy } from '../declare/tenancy.js';
import { ACTOR_TYPES, type ActorType } from '../../tenancy/context.js';
import { Organization } from './organization.entity.js';

/** Who did what to which thing. Written by `app.write_audit` only, which takes actor and organization from the context, so that no entry can be forged. */
@Entity({
  schema: 'app',
  name: 'audit_log',
  comment:
    'Who did what to which thing. Written by `app.write_audit` only, which takes actor and organization from the context, so that no entry can be forged.',
})
@SqlIndex({ name: 'ix_audit_log_created_at', columns: ['org_id', 'created_at desc'] })
@SqlIndex({ name: 'ix_audit_log_actor', columns: ['org_id', 'actor_id', 'created_at desc'] })
@SqlIndex({ name: 'ix_audit_log_subject', columns: ['org_id', 'subject_type', 'subject_id', 'created_at desc'] })
@Tenancy('T', { tenant: { select: true }, admin: { select: true, delete: true } })
export class AuditLog {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @Id()
  id: string;

  @OneOf(ACTOR_TYPES, { comment: 'What kind of actor did it, as the context says.' })
  actorType: ActorType;

  @Column({ type: 'uuid', nullable: true, comment: "The actor's id; no foreign key, so that the entry outlives the actor." })
  actorId: string | null;

  @Column({ type: 'varchar', length: 255, comment: 'What was done.' })
  action: string;

  @Column({ type: 'varchar', length: 255, nullable: true, comment: 'What kind of thing it was done to.' })
  subjectType: string | null;

  @Column({ type: 'varchar', length: 255, nullable: true, comment: 'Which thing; text, since keys differ in type.' })
  subjectId: string | null;

  @Column({ type: 'jsonb', nullable: true, comment: 'What it changed, as the writer of the entry recorded it.' })
  changes: Record<string, unknown> | null;

  @Column({ type: 'varchar', length: 255, nullable: true, comment: 'The request or job in which it happened.' })
  requestId: string | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
