import { Column, Entity, Unique, type Relation } from 'typeorm';
import { CreatedAt, Id, OrgId, UpdatedAt, Version } from '../declare/columns.js';
import { FromOrgTo, OfOrganization } from '../declare/references.js';
import { Tenancy } from '../declare/tenancy.js';
import { RaisesVersion } from '../declare/triggers.js';
import { Organization } from '../identity/organization.entity.js';
import { User } from '../identity/user.entity.js';

/** People of one organization who work together. */
@Entity({ schema: 'app', name: 'team', comment: 'People of one organization who work together.' })
@Unique(['orgId', 'name'])
@Unique(['orgId', 'slug'])
@RaisesVersion()
@Tenancy('T')
export class Team {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @Id()
  id: string;

  @Column({ type: 'varchar', length: 255, comment: 'Unique within the organization.' })
  name: string;

  @Column({ type: 'varchar', length: 255, comment: 'Short name for URLs, unique within the organization.' })
  slug: string;

  @Column({ type: 'text', nullable: true, comment: 'What the team does.' })
  description: string | null;

  @Column({ type: 'uuid', nullable: true, comment: 'The user who made the row; null where a program did, or once that user is gone.' })
  createdBy: string | null;

  @FromOrgTo(() => User, { by: 'createdBy', onDelete: 'SET NULL' })
  creator?: Relation<User> | null;

  @Version()
  version: number;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
