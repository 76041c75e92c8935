import { Column, Entity, Index, PrimaryColumn, type Relation } from 'typeorm';
import { CreatedAt, OrgId, UpdatedAt } from '../declare/columns.js';
import { OfOrganization } from '../declare/references.js';
import { Tenancy } from '../declare/tenancy.js';
import { Organization } from '../identity/organization.entity.js';

/** A request that must not be carried out twice, and the answer it got. */
@Entity({ schema: 'app', name: 'idempotency_key', comment: 'A request that must not be carried out twice, and the answer it got.' })
@Index(['orgId', 'expiresAt'])
@Tenancy('T')
export class IdempotencyKey {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @PrimaryColumn({ type: 'varchar', length: 255, comment: 'The route that the request went to.' })
  route: string;

  @PrimaryColumn({ type: 'varchar', length: 255, comment: 'What the caller named the request; unique for the route.' })
  key: string;

  @Column({ type: 'varchar', length: 255, comment: 'SHA-256 of the request, in hexadecimal: the same key with another request is refused.' })
  requestHash: string;

  @Column({ type: 'jsonb', nullable: true, comment: 'The answer; null while the first request is still running.' })
  response: Record<string, unknown> | null;

  @Column({ type: 'timestamptz', comment: 'From then on the key may be used anew.' })
  expiresAt: Date;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
