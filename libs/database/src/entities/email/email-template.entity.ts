import { Column, Entity, Unique, type Relation } from 'typeorm';
import { CreatedAt, Id, OrgId, UpdatedAt, Version } from '../declare/columns.js';
import { OfOrganization } from '../declare/references.js';
import { Tenancy } from '../declare/tenancy.js';
import { RaisesVersion } from '../declare/triggers.js';
import { Organization } from '../identity/organization.entity.js';

/** An organization's own version of a message; where it has none, the built-in one of the same key is used. */
@Entity({
  schema: 'app',
  name: 'email_template',
  comment: "An organization's own version of a message; where it has none, the built-in one of the same key is used.",
})
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

  @Column({ type: 'varchar', length: 255, comment: 'Which message it is; unique with its locale within the organization.' })
  key: string;

  @Column({ type: 'varchar', length: 50, default: 'en', comment: 'The language of the text, such as `en`.' })
  locale: string;

  @Column({ type: 'varchar', length: 255, comment: 'The subject line, with its variables.' })
  subject: string;

  @Column({ type: 'text', nullable: true, comment: 'The message as HTML.' })
  htmlBody: string | null;

  @Column({ type: 'text', nullable: true, comment: 'The message as plain text.' })
  textBody: string | null;

  @Column({ type: 'jsonb', default: () => "'{}'", comment: 'The names a template may use.' })
  variables: Record<string, unknown>;

  @Column({ type: 'boolean', default: true, comment: 'False: kept, but not used.' })
  isActive: boolean;

  @Version()
  version: number;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
