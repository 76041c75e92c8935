import { Column, Entity, Unique, type Relation } from 'typeorm';
import { CreatedAt, Id, OrgId, UpdatedAt } from '../declare/columns.js';
import { OfOrganization, ToMember } from '../declare/references.js';
import { Tenancy } from '../declare/tenancy.js';
import { OrganizationUser } from '../identity/organization-user.entity.js';
import { Organization } from '../identity/organization.entity.js';

/** Whether a member wants messages of one category. The unsubscribe link carries the organization. */
@Entity({ schema: 'app', name: 'email_preference' })
@Unique(['orgId', 'userId', 'category'])
@Tenancy('T')
export class EmailPreference {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @Id()
  id: string;

  @Column({ type: 'uuid' })
  userId: string;

  @ToMember(() => OrganizationUser, { by: 'userId', index: false })
  member?: Relation<OrganizationUser>;

  @Column({ type: 'varchar', length: 255 })
  category: string;

  @Column({ type: 'boolean', default: true })
  isEnabled: boolean;

  /** SHA-256 of the token, in hexadecimal. */
  @Column({ type: 'varchar', length: 255, nullable: true })
  unsubscribeTokenHash: string | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
