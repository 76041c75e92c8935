import { Column, Entity, Unique, type Relation } from 'typeorm';
import { CreatedAt, Id, OrgId, UpdatedAt } from '../declare/columns.js';
import { OfOrganization, ToMember, WithinOrg } from '../declare/references.js';
import { Tenancy } from '../declare/tenancy.js';
import { OrganizationUser } from '../identity/organization-user.entity.js';
import { Organization } from '../identity/organization.entity.js';
import { Role } from './role.entity.js';
import { Team } from './team.entity.js';

/** A member of the organization in one of its teams, with a role there. Goes with the member. */
@Entity({ schema: 'app', name: 'team_membership', comment: 'A member of the organization in one of its teams, with a role there. Goes with the member.' })
@Unique(['orgId', 'teamId', 'userId'])
@Tenancy('T')
export class TeamMembership {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @Id()
  id: string;

  @Column({ type: 'uuid', comment: 'The team that the member is in.' })
  teamId: string;

  @WithinOrg(() => Team, { by: 'teamId', onDelete: 'CASCADE', index: false })
  team?: Relation<Team>;

  @Column({ type: 'uuid', comment: 'The member of the organization.' })
  userId: string;

  @ToMember(() => OrganizationUser, { by: 'userId' })
  member?: Relation<OrganizationUser>;

  @Column({ type: 'uuid', nullable: true, comment: 'The role in the team, if any.' })
  roleId: string | null;

  @WithinOrg(() => Role, { by: 'roleId', onDelete: 'NO ACTION' })
  role?: Relation<Role> | null;

  @Column({ type: 'timestamptz', default: () => 'now()', comment: 'When the member joined the team.' })
  joinedAt: Date;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
