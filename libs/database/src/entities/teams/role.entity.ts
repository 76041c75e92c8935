import { Column, Entity, Unique, type Relation } from 'typeorm';
import { CreatedAt, Id, OrgId, UpdatedAt, Version } from '../declare/columns.js';
import { OfOrganization } from '../declare/references.js';
import { ALL_COMMANDS, Tenancy } from '../declare/tenancy.js';
import { RaisesVersion } from '../declare/triggers.js';
import { Organization } from '../identity/organization.entity.js';

/** A named set of permissions of one organization. The built-in ones are made with the organization. */
@Entity({ schema: 'app', name: 'role' })
@Unique(['orgId', 'name'])
@RaisesVersion()
@Tenancy('T', { tenant: ALL_COMMANDS, auth: { select: true, insert: true } })
export class Role {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @Id()
  id: string;

  @Column({ type: 'varchar', length: 255 })
  name: string;

  @Column({ type: 'text', nullable: true })
  description: string | null;

  /** Built in: made by registration and seeds, not by the organization. */
  @Column({ type: 'boolean', default: false })
  isSystem: boolean;

  @Version()
  version: number;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
