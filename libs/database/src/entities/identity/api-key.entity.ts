import { Column, Entity, type Relation } from 'typeorm';
import { CreatedAt, Id, OrgId, UpdatedAt } from '../declare/columns.js';
import { FromOrgTo, OfOrganization } from '../declare/references.js';
import { Tenancy } from '../declare/tenancy.js';
import { Organization } from './organization.entity.js';
import { User } from './user.entity.js';

/** A key with which a program acts for the organization. What a caller presents also carries organization and id, so that it is found within its tenant. */
@Entity({
  schema: 'app',
  name: 'api_key',
  comment:
    'A key with which a program acts for the organization. What a caller presents also carries organization and id, so that it is found within its tenant.',
})
@Tenancy('T')
export class ApiKey {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @Id()
  id: string;

  @Column({ type: 'varchar', length: 255, comment: 'What the organization calls the key.' })
  name: string;

  @Column({ type: 'varchar', length: 50, comment: 'What people recognise the key by; no secret.' })
  prefix: string;

  @Column({ type: 'varchar', length: 255, comment: 'SHA-256 of the secret, in hexadecimal.' })
  keyHash: string;

  @Column({ type: 'text', array: true, default: () => "'{}'", comment: 'The rights that the key carries.' })
  scopes: string[];

  @Column({ type: 'uuid', nullable: true, comment: 'The user who made the row; null where a program did, or once that user is gone.' })
  createdBy: string | null;

  @FromOrgTo(() => User, { by: 'createdBy', onDelete: 'SET NULL' })
  creator?: Relation<User> | null;

  @Column({ type: 'timestamptz', nullable: true, comment: 'From then on the key is refused; null: it does not expire.' })
  expiresAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true, comment: 'When a caller last presented the key.' })
  lastUsedAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true, comment: 'When the key was withdrawn; null: it was not.' })
  revokedAt: Date | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
