import { Entity, PrimaryColumn, type Relation } from 'typeorm';
import { CreatedAt, OrgId, UpdatedAt } from '../declare/columns.js';
import { FromOrgTo, OfOrganization, WithinOrg } from '../declare/references.js';
import { Tenancy } from '../declare/tenancy.js';
import { Organization } from '../identity/organization.entity.js';
import { Permission } from './permission.entity.js';
import { Role } from './role.entity.js';

/** One permission of one role. */
@Entity({ schema: 'app', name: 'role_permission', comment: 'One permission of one role.' })
@Tenancy('T', { tenant: { select: true, insert: true, delete: true }, auth: { select: true, insert: true } })
export class RolePermission {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @PrimaryColumn({ type: 'uuid', comment: 'The role that allows it.' })
  roleId: string;

  @WithinOrg(() => Role, { by: 'roleId', onDelete: 'CASCADE', index: false })
  role?: Relation<Role>;

  @PrimaryColumn({ type: 'uuid', comment: 'What the role allows.' })
  permissionId: string;

  @FromOrgTo(() => Permission, { by: 'permissionId', onDelete: 'CASCADE' })
  permission?: Relation<Permission>;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
