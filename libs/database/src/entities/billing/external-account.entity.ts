import { Column, Entity, PrimaryColumn, type Relation } from 'typeorm';
import { CreatedAt, UpdatedAt } from '../declare/columns.js';
import { GlobalReference } from '../declare/references.js';
import { Tenancy } from '../declare/tenancy.js';
import { Organization } from '../identity/organization.entity.js';

/** Which organization a provider's id belongs to; claimed once. */
@Entity({ schema: 'app', name: 'external_account', comment: "Which organization a provider's id belongs to; claimed once." })
@Tenancy('S')
export class ExternalAccount {
  @PrimaryColumn({ type: 'varchar', length: 50, comment: 'Whose id it is, such as `stripe`.' })
  provider: string;

  @PrimaryColumn({ type: 'varchar', length: 255, comment: 'The id, as the provider writes it.' })
  externalId: string;

  @Column({ type: 'uuid', comment: 'The organization that it belongs to.' })
  orgId: string;

  @GlobalReference(() => Organization, { by: 'orgId', onDelete: 'CASCADE' })
  organization?: Relation<Organization>;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
