import { Column, Entity, PrimaryColumn, type Relation } from 'typeorm';
import { CreatedAt, OneOf, UpdatedAt } from '../declare/columns.js';
import { GlobalReference } from '../declare/references.js';
import { Tenancy } from '../declare/tenancy.js';
import { Organization } from './organization.entity.js';
import { User } from './user.entity.js';

export const MEMBER_ROLES = ['OWNER', 'ADMIN', 'DEVELOPER', 'VIEWER'] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];

const own = 'user_id = app.current_user_id()';
const ofTheOrganization = 'org_id = app.current_org_id()';

/**
 * Who belongs to which organization. Read: the current organization, and one's own memberships. Written: the current organization
 * only, never "where I am named", which would let anyone join anything. Registration writes the first membership, as oneself.
 */
@Entity({ schema: 'app', name: 'organization_user', comment: 'Who belongs to which organization.' })
@Tenancy('M', {
  tenant: { select: true, insert: true, update: ['role', 'permissions'], delete: true },
  auth: { select: true, insert: true },
  policies: [
    { role: 'app_tenant', command: 'select', using: `${ofTheOrganization} or ${own}` },
    { role: 'app_tenant', command: 'insert', check: ofTheOrganization },
    { role: 'app_tenant', command: 'update', using: ofTheOrganization, check: ofTheOrganization },
    { role: 'app_tenant', command: 'delete', using: ofTheOrganization },
    { role: 'app_auth', command: 'select', using: own },
    { role: 'app_auth', command: 'insert', check: own },
  ],
})
export class OrganizationUser {
  @PrimaryColumn({
    type: 'uuid',
    default: () => 'app.current_org_id()',
    update: false,
    comment: 'The organization: filled from the entered one, never changed.',
  })
  orgId: string;

  @GlobalReference(() => Organization, { by: 'orgId', onDelete: 'CASCADE', index: false })
  organization?: Relation<Organization>;

  @PrimaryColumn({ type: 'uuid', comment: 'The member.' })
  userId: string;

  @GlobalReference(() => User, { by: 'userId', onDelete: 'CASCADE' })
  user?: Relation<User>;

  @OneOf(MEMBER_ROLES, { comment: 'What the member is in the organization.' })
  role: MemberRole;

  @Column({ type: 'jsonb', default: () => "'[]'", comment: 'Keys of permissions beyond those of the role.' })
  permissions: string[];

  @Column({ type: 'timestamptz', default: () => 'now()', comment: 'When the membership began.' })
  joinedAt: Date;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
