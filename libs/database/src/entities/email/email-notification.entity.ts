import { Column, Entity, Index, type Relation } from 'typeorm';
import { CreatedAt, Id, OneOf, OrgId, UpdatedAt } from '../declare/columns.js';
import { OfOrganization, ToMember } from '../declare/references.js';
import { Tenancy } from '../declare/tenancy.js';
import { OrganizationUser } from '../identity/organization-user.entity.js';
import { Organization } from '../identity/organization.entity.js';

export const NOTIFICATION_STATUSES = ['QUEUED', 'SENT', 'FAILED', 'SUPPRESSED'] as const;
export type NotificationStatus = (typeof NOTIFICATION_STATUSES)[number];

/** A message to a member. */
@Entity({ schema: 'app', name: 'email_notification', comment: 'A message to a member.' })
@Index(['orgId', 'status'])
@Tenancy('T')
export class EmailNotification {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @Id()
  id: string;

  @Column({ type: 'uuid', comment: 'The member it goes to.' })
  userId: string;

  @ToMember(() => OrganizationUser, { by: 'userId' })
  member?: Relation<OrganizationUser>;

  @Column({ type: 'varchar', length: 255, comment: 'The key of the template it was made from.' })
  templateKey: string;

  @Column({ type: 'varchar', length: 255, comment: "The address it went to, also after the member's has changed." })
  toAddress: string;

  @Column({ type: 'varchar', length: 255, comment: 'The subject line as sent.' })
  subject: string;

  @Column({ type: 'jsonb', default: () => "'{}'", comment: 'What was put into the template, by name.' })
  variables: Record<string, unknown>;

  @OneOf(NOTIFICATION_STATUSES, { default: 'QUEUED', comment: 'QUEUED waits, SUPPRESSED is deliberately not sent.' })
  status: NotificationStatus;

  @Column({ type: 'varchar', length: 255, nullable: true, comment: "The mail provider's id of the message." })
  providerMessageId: string | null;

  @Column({ type: 'integer', default: 0, comment: 'How many times sending was tried.' })
  attempts: number;

  @Column({ type: 'text', nullable: true, comment: 'Why sending last failed.' })
  errorMessage: string | null;

  @Column({ type: 'timestamptz', nullable: true, comment: 'When the mail provider took it over.' })
  sentAt: Date | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
