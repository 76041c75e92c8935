import { Column, Entity, Unique, type Relation } from 'typeorm';
import { CreatedAt, Id, OrgId, UpdatedAt } from '../declare/columns.js';
import { OfOrganization, ToMember, WithinOrg } from '../declare/references.js';
import { Tenancy } from '../declare/tenancy.js';
import { OrganizationUser } from '../identity/organization-user.entity.js';
import { Organization } from '../identity/organization.entity.js';
import { Role } from './role.entity.js';
import { Team } from './team.entity.js';

/** A member of the organization in one of its teams, with a role there. Goes with the member. */
@Entity({ schema: 'app', name: 'team_membership' })
@Unique(['orgId', 'teamId', 'userId'])
@Tenancy('T')
export class TeamMembership {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @Id()
  id: string;

  @Column({ type: 'uuid' })
  teamId: string;

  @WithinOrg(() => Team, { by: 'teamId', onDelete: 'CASCADE', index: false })
  team?: Relation<Team>;

  @Column({ type: 'uuid' })
  userId: string;

  @ToMember(() => OrganizationUser, { by: 'userId' })
  member?: Relation<OrganizationUser>;

  @Column({ type: 'uuid', nullable: true })
  roleId: string | null;

  @WithinOrg(() => Role, { by: 'roleId', onDelete: 'NO ACTION' })
  role?: Relation<Role> | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  joinedAt: Date;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
