import { Column, Entity, Index, type Relation } from 'typeorm';
import { CreatedAt, Id, OneOf, OrgId, UpdatedAt } from '../declare/columns.js';
import { OfOrganization, ToMember } from '../declare/references.js';
import { Tenancy } from '../declare/tenancy.js';
import { OrganizationUser } from '../identity/organization-user.entity.js';
import { Organization } from '../identity/organization.entity.js';

export const NOTIFICATION_STATUSES = ['QUEUED', 'SENT', 'FAILED', 'SUPPRESSED'] as const;
export type NotificationStatus = (typeof NOTIFICATION_STATUSES)[number];

/** A message to a member. */
@Entity({ schema: 'app', name: 'email_notification' })
@Index(['orgId', 'status'])
@Tenancy('T')
export class EmailNotification {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @Id()
  id: string;

  @Column({ type: 'uuid' })
  userId: string;

  @ToMember(() => OrganizationUser, { by: 'userId' })
  member?: Relation<OrganizationUser>;

  @Column({ type: 'varchar', length: 255 })
  templateKey: string;

  @Column({ type: 'varchar', length: 255 })
  toAddress: string;

  @Column({ type: 'varchar', length: 255 })
  subject: string;

  @Column({ type: 'jsonb', default: () => "'{}'" })
  variables: Record<string, unknown>;

  @OneOf(NOTIFICATION_STATUSES, { default: 'QUEUED' })
  status: NotificationStatus;

  @Column({ type: 'varchar', length: 255, nullable: true })
  providerMessageId: string | null;

  @Column({ type: 'integer', default: 0 })
  attempts: number;

  @Column({ type: 'text', nullable: true })
  errorMessage: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  sentAt: Date | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
