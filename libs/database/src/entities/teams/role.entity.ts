import { Column, Entity, Unique, type Relation } from 'typeorm';
import { CreatedAt, Id, OrgId, UpdatedAt, Version } from '../declare/columns.js';
import { OfOrganization } from '../declare/references.js';
import { ALL_COMMANDS, Tenancy } from '../declare/tenancy.js';
import { RaisesVersion } from '../declare/triggers.js';
import { Organization } from '../identity/organization.entity.js';

/** A named set of permissions of one organization. The built-in ones are made with the organization. */
@Entity({ schema: 'app', name: 'role', comment: 'A named set of permissions of one organization. The built-in ones are made with the organization.' })
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

  @Column({ type: 'varchar', length: 255, comment: 'Unique within the organization.' })
  name: string;

  @Column({ type: 'text', nullable: true, comment: 'What the role is for.' })
  description: string | null;

  @Column({ type: 'boolean', default: false, comment: 'Built in: made by registration and seeds, not by the organization.' })
  isSystem: boolean;

  @Version()
  version: number;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
