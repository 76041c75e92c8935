import { Column, Entity, Unique, type Relation } from 'typeorm';
import { CreatedAt, Id, OrgId, UpdatedAt } from '../declare/columns.js';
import { OfOrganization, ToMember } from '../declare/references.js';
import { Tenancy } from '../declare/tenancy.js';
import { OrganizationUser } from '../identity/organization-user.entity.js';
import { Organization } from '../identity/organization.entity.js';

/** Whether a member wants messages of one category. The unsubscribe link carries the organization. */
@Entity({ schema: 'app', name: 'email_preference', comment: 'Whether a member wants messages of one category. The unsubscribe link carries the organization.' })
@Unique(['orgId', 'userId', 'category'])
@Tenancy('T')
export class EmailPreference {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @Id()
  id: string;

  @Column({ type: 'uuid', comment: 'The member whose wish it is.' })
  userId: string;

  @ToMember(() => OrganizationUser, { by: 'userId', index: false })
  member?: Relation<OrganizationUser>;

  @Column({ type: 'varchar', length: 255, comment: 'Which messages it is about; unique for the member.' })
  category: string;

  @Column({ type: 'boolean', default: true, comment: 'Whether the member wants them.' })
  isEnabled: boolean;

  @Column({ type: 'varchar', length: 255, nullable: true, comment: 'SHA-256 of the token in the unsubscribe link, in hexadecimal.' })
  unsubscribeTokenHash: string | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
