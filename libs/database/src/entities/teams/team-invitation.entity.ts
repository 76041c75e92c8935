import { Column, Entity, Index, Unique, type Relation } from 'typeorm';
import { CreatedAt, EmailAddress, Id, OneOf, OrgId, UpdatedAt } from '../declare/columns.js';
import { FromOrgTo, OfOrganization, WithinOrg } from '../declare/references.js';
import { Tenancy } from '../declare/tenancy.js';
import { Organization } from '../identity/organization.entity.js';
import { User } from '../identity/user.entity.js';
import { Role } from './role.entity.js';
import { Team } from './team.entity.js';

export const INVITATION_STATUSES = ['PENDING', 'ACCEPTED', 'DECLINED', 'REVOKED', 'EXPIRED'] as const;
export type InvitationStatus = (typeof INVITATION_STATUSES)[number];

/** An invitation by e-mail into a team. The link carries the organization, so that its hash is looked for within the tenant. */
@Entity({
  schema: 'app',
  name: 'team_invitation',
  comment: 'An invitation by e-mail into a team. The link carries the organization, so that its hash is looked for within the tenant.',
})
@Unique(['orgId', 'tokenHash'])
@Index(['orgId', 'email'])
@Tenancy('T')
export class TeamInvitation {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @Id()
  id: string;

  @Column({ type: 'uuid', comment: 'The team to join.' })
  teamId: string;

  @WithinOrg(() => Team, { by: 'teamId', onDelete: 'CASCADE' })
  team?: Relation<Team>;

  @EmailAddress('ck_team_invitation_email', 'The address that was invited, in lower case.')
  email: string;

  @Column({ type: 'uuid', nullable: true, comment: 'The role in the team, if any.' })
  roleId: string | null;

  @WithinOrg(() => Role, { by: 'roleId', onDelete: 'NO ACTION' })
  role?: Relation<Role> | null;

  @Column({ type: 'varchar', length: 255, comment: 'SHA-256 of the token in the link, in hexadecimal.' })
  tokenHash: string;

  @OneOf(INVITATION_STATUSES, { default: 'PENDING', comment: 'PENDING can be accepted until it expires.' })
  status: InvitationStatus;

  @Column({ type: 'timestamptz', comment: 'From then on it cannot be accepted.' })
  expiresAt: Date;

  @Column({ type: 'uuid', nullable: true, comment: 'The user who invited; null where a program did, or once that user is gone.' })
  invitedBy: string | null;

  @FromOrgTo(() => User, { by: 'invitedBy', onDelete: 'SET NULL' })
  inviter?: Relation<User> | null;

  @Column({ type: 'uuid', nullable: true, comment: 'The user who accepted; null before, and once that user is gone.' })
  acceptedBy: string | null;

  @FromOrgTo(() => User, { by: 'acceptedBy', onDelete: 'SET NULL' })
  accepter?: Relation<User> | null;

  @Column({ type: 'timestamptz', nullable: true, comment: 'When it was accepted; null: it was not.' })
  acceptedAt: Date | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
