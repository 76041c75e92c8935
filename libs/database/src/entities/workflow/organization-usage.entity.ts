import { Check, Column, Entity, Unique, type Relation } from 'typeorm';
import { CreatedAt, Id, OrgId, UpdatedAt } from '../declare/columns.js';
import { OfOrganization } from '../declare/references.js';
import { Tenancy } from '../declare/tenancy.js';
import { BeforeWrite } from '../declare/triggers.js';
import { Organization } from '../identity/organization.entity.js';

/** What an organization used in one period. */
@Entity({ schema: 'app', name: 'organization_usage' })
@Unique(['orgId', 'periodStart', 'periodEnd'])
@Check('ck_organization_usage_period', '"period_start" < "period_end"')
@BeforeWrite({ name: 'set_usage_cost', on: 'insert or update', call: 'set_usage_cost' })
@Tenancy('T')
export class OrganizationUsage {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @Id()
  id: string;

  @Column({ type: 'timestamptz' })
  periodStart: Date;

  @Column({ type: 'timestamptz' })
  periodEnd: Date;

  @Column({ type: 'integer', default: 0 })
  totalRuns: number;

  /** Set from `totalCostMicros` by a trigger. */
  @Column({ type: 'decimal', precision: 10, scale: 4, default: 0 })
  totalCost: string;

  @Column({ type: 'bigint', default: 0 })
  totalTokens: string;

  @Column({ type: 'jsonb', default: () => "'{}'" })
  runsByStatus: Record<string, number>;

  @Column({ type: 'jsonb', default: () => "'{}'" })
  usageDetails: Record<string, unknown>;

  /** Millionths of the currency unit; the truth that `totalCost` follows. */
  @Column({ type: 'bigint', default: 0 })
  totalCostMicros: string;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
