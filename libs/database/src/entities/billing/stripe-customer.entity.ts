import { Column, Entity, Unique, type Relation } from 'typeorm';
import { CreatedAt, Id, OrgId, UpdatedAt } from '../declare/columns.js';
import { OfOrganization } from '../declare/references.js';
import { Tenancy } from '../declare/tenancy.js';
import { Organization } from '../identity/organization.entity.js';

/** An organization as Stripe knows it. */
@Entity({ schema: 'app', name: 'stripe_customer', comment: 'An organization as Stripe knows it.' })
@Unique(['orgId', 'stripeCustomerId'])
@Tenancy('T')
export class StripeCustomer {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @Id()
  id: string;

  @Column({ type: 'varchar', length: 255, comment: "Stripe's id of the customer; unique within the organization." })
  stripeCustomerId: string;

  @Column({ type: 'varchar', length: 255, nullable: true, comment: 'Where Stripe sends invoices and receipts.' })
  email: string | null;

  @Column({ type: 'varchar', length: 255, nullable: true, comment: 'As it stands on invoices.' })
  name: string | null;

  @Column({ type: 'varchar', length: 255, nullable: true, comment: "Stripe's id of the payment method that is charged." })
  defaultPaymentMethod: string | null;

  @Column({ type: 'jsonb', default: () => "'{}'", comment: "Stripe's metadata of the customer." })
  metadata: Record<string, unknown>;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
