import { Column, Entity, type Relation } from 'typeorm';
import { CreatedAt, EmailAddress, Id, OneOf, OrgId, UpdatedAt } from '../declare/columns.js';
import { FromOrgTo, OfOrganization } from '../declare/references.js';
import { SqlIndex } from '../declare/sql-index.js';
import { Tenancy } from '../declare/tenancy.js';
import { MEMBER_ROLES, type MemberRole } from './organization-user.entity.js';
import { Organization } from './organization.entity.js';
import { User } from './user.entity.js';

export const ORGANIZATION_INVITATION_STATUSES = ['PENDING', 'ACCEPTED', 'REVOKED'] as const;
export type OrganizationInvitationStatus = (typeof ORGANIZATION_INVITATION_STATUSES)[number];

/** Somebody is asked to join the organization. What the person presents also carries organization and id, so that it is found within its tenant. */
@Entity({
  schema: 'app',
  name: 'organization_invitation',
  comment: 'Somebody is asked to join the organization. What the person presents also carries organization and id, so that it is found within its tenant.',
})
@SqlIndex({ name: 'uq_organization_invitation_pending', columns: ['org_id', 'email'], where: "status = 'PENDING'", unique: true })
@Tenancy('T')
export class OrganizationInvitation {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @Id()
  id: string;

  @EmailAddress('ck_organization_invitation_email', 'Who is asked, in lower case.')
  email: string;

  @OneOf(MEMBER_ROLES, { comment: 'What the person becomes in the organization.' })
  role: MemberRole;

  @Column({ type: 'varchar', length: 255, comment: 'SHA-256 of the secret in the link, in hexadecimal.' })
  tokenHash: string;

  @OneOf(ORGANIZATION_INVITATION_STATUSES, { default: 'PENDING', comment: 'What became of it; a pending one past expires_at can no longer be accepted.' })
  status: OrganizationInvitationStatus;

  @Column({ type: 'timestamptz', comment: 'From then on it cannot be accepted.' })
  expiresAt: Date;

  @Column({ type: 'uuid', nullable: true, comment: 'The user who asked; null where a program did, or once that user is gone.' })
  createdBy: string | null;

  @FromOrgTo(() => User, { by: 'createdBy', onDelete: 'SET NULL' })
  creator?: Relation<User> | null;

  @Column({ type: 'uuid', nullable: true, comment: 'The user who joined by it.' })
  acceptedBy: string | null;

  @FromOrgTo(() => User, { by: 'acceptedBy', onDelete: 'SET NULL' })
  accepter?: Relation<User> | null;

  @Column({ type: 'timestamptz', nullable: true, comment: 'When it was accepted.' })
  acceptedAt: Date | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
