import { Column, Entity, Index, PrimaryColumn, type Relation } from 'typeorm';
import { CreatedAt, OrgId, UpdatedAt } from '../declare/columns.js';
import { OfOrganization } from '../declare/references.js';
import { Tenancy } from '../declare/tenancy.js';
import { Organization } from '../identity/organization.entity.js';

/** A request that must not be carried out twice, and the answer it got. */
@Entity({ schema: 'app', name: 'idempotency_key' })
@Index(['orgId', 'expiresAt'])
@Tenancy('T')
export class IdempotencyKey {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @PrimaryColumn({ type: 'varchar', length: 255 })
  route: string;

  @PrimaryColumn({ type: 'varchar', length: 255 })
  key: string;

  /** SHA-256 of the request, in hexadecimal: the same key with another request is refused. */
  @Column({ type: 'varchar', length: 255 })
  requestHash: string;

  /** Absent while the first request is still running. */
  @Column({ type: 'jsonb', nullable: true })
  response: Record<string, unknown> | null;

  @Column({ type: 'timestamptz' })
  expiresAt: Date;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
