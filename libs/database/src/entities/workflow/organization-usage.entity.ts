import { Check, Column, Entity, Unique, type Relation } from 'typeorm';
import { CreatedAt, Id, OrgId, UpdatedAt } from '../declare/columns.js';
import { OfOrganization } from '../declare/references.js';
import { Tenancy } from '../declare/tenancy.js';
import { BeforeWrite } from '../declare/triggers.js';
import { Organization } from '../identity/organization.entity.js';

/** What an organization used in one period. */
@Entity({ schema: 'app', name: 'organization_usage', comment: 'What an organization used in one period.' })
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

  @Column({ type: 'timestamptz', comment: 'When the period begins.' })
  periodStart: Date;

  @Column({ type: 'timestamptz', comment: 'When the period ends, later than it begins.' })
  periodEnd: Date;

  @Column({ type: 'integer', default: 0, comment: 'Runs in the period.' })
  totalRuns: number;

  @Column({ type: 'decimal', precision: 10, scale: 4, default: 0, comment: 'Set from total_cost_micros by a trigger.' })
  totalCost: string;

  @Column({ type: 'bigint', default: 0, comment: 'Tokens that the runs used.' })
  totalTokens: string;

  @Column({ type: 'jsonb', default: () => "'{}'", comment: 'Number of runs, by their status.' })
  runsByStatus: Record<string, number>;

  @Column({ type: 'jsonb', default: () => "'{}'", comment: 'Further figures, by name.' })
  usageDetails: Record<string, unknown>;

  @Column({ type: 'bigint', default: 0, comment: 'Millionths of the currency unit; the truth that total_cost follows.' })
  totalCostMicros: string;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
