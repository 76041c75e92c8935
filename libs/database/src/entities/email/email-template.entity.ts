import { Column, Entity, Unique, type Relation } from 'typeorm';
import { CreatedAt, Id, OrgId, UpdatedAt, Version } from '../declare/columns.js';
import { OfOrganization } from '../declare/references.js';
import { Tenancy } from '../declare/tenancy.js';
import { RaisesVersion } from '../declare/triggers.js';
import { Organization } from '../identity/organization.entity.js';

/** An organization's own version of a message; where it has none, the built-in one of the same key is used. */
@Entity({ schema: 'app', name: 'email_template' })
@Unique(['orgId', 'key', 'locale'])
@RaisesVersion()
@Tenancy('T')
export class EmailTemplate {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @Id()
  id: string;

  @Column({ type: 'varchar', length: 255 })
  key: string;

  @Column({ type: 'varchar', length: 50, default: 'en' })
  locale: string;

  @Column({ type: 'varchar', length: 255 })
  subject: string;

  @Column({ type: 'text', nullable: true })
  htmlBody: string | null;

  @Column({ type: 'text', nullable: true })
  textBody: string | null;

  /** The names a template may use. */
  @Column({ type: 'jsonb', default: () => "'{}'" })
  variables: Record<string, unknown>;

  @Column({ type: 'boolean', default: true })
  isActive: boolean;

  @Version()
  version: number;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
