import { Column, Entity, type Relation } from 'typeorm';
import { CreatedAt, Id, OneOf, OrgId, UpdatedAt } from '../declare/columns.js';
import { OfOrganization } from '../declare/references.js';
import { SqlIndex } from '../declare/sql-index.js';
import { Tenancy } from '../declare/tenancy.js';
import { ACTOR_TYPES, type ActorType } from '../../tenancy/context.js';
import { Organization } from './organization.entity.js';

/** Who did what to which thing. Written by `app.write_audit` only, which takes actor and organization from the context, so that no entry can be forged. */
@Entity({ schema: 'app', name: 'audit_log' })
@SqlIndex({ name: 'ix_audit_log_created_at', columns: ['org_id', 'created_at desc'] })
@SqlIndex({ name: 'ix_audit_log_subject', columns: ['org_id', 'subject_type', 'subject_id', 'created_at desc'] })
@Tenancy('T', { tenant: { select: true }, admin: { select: true } })
export class AuditLog {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @Id()
  id: string;

  @OneOf(ACTOR_TYPES)
  actorType: ActorType;

  @Column({ type: 'uuid', nullable: true })
  actorId: string | null;

  @Column({ type: 'varchar', length: 255 })
  action: string;

  @Column({ type: 'varchar', length: 255, nullable: true })
  subjectType: string | null;

  @Column({ type: 'varchar', length: 255, nullable: true })
  subjectId: string | null;

  @Column({ type: 'jsonb', nullable: true })
  changes: Record<string, unknown> | null;

  @Column({ type: 'varchar', length: 255, nullable: true })
  requestId: string | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
