import { Column, Entity, Unique, type Relation } from 'typeorm';
import { CreatedAt, Id, OneOf, OrgId, UpdatedAt } from '../declare/columns.js';
import { OfOrganization, WithinOrg } from '../declare/references.js';
import { Tenancy } from '../declare/tenancy.js';
import { Organization } from '../identity/organization.entity.js';
import { StripeCustomer } from './stripe-customer.entity.js';
import { Subscription } from './subscription.entity.js';

/** Stripe's values of a payment intent, and what may follow one that succeeded. */
export const PAYMENT_STATUSES = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
  'processing',
  'requires_capture',
  'canceled',
  'succeeded',
  'failed',
  'refunded',
] as const;
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

/** A payment, as Stripe reports it. */
@Entity({ schema: 'app', name: 'payment' })
@Unique(['orgId', 'stripePaymentIntentId'])
@Tenancy('T')
export class Payment {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @Id()
  id: string;

  @Column({ type: 'uuid' })
  stripeCustomerId: string;

  @WithinOrg(() => StripeCustomer, { by: 'stripeCustomerId', onDelete: 'CASCADE' })
  stripeCustomer?: Relation<StripeCustomer>;

  @Column({ type: 'uuid', nullable: true })
  subscriptionId: string | null;

  @WithinOrg(() => Subscription, { by: 'subscriptionId', onDelete: 'CASCADE' })
  subscription?: Relation<Subscription> | null;

  @Column({ type: 'varchar', length: 255 })
  stripePaymentIntentId: string;

  @Column({ type: 'varchar', length: 255, nullable: true })
  stripeInvoiceId: string | null;

  /** In minor units of the currency. */
  @Column({ type: 'bigint' })
  amount: string;

  /** ISO 4217, as Stripe writes it. */
  @Column({ type: 'char', length: 3 })
  currency: string;

  @OneOf(PAYMENT_STATUSES)
  status: PaymentStatus;

  @Column({ type: 'text', nullable: true })
  description: string | null;

  @Column({ type: 'varchar', length: 255, nullable: true })
  failureCode: string | null;

  @Column({ type: 'text', nullable: true })
  failureMessage: string | null;

  @Column({ type: 'varchar', length: 1024, nullable: true })
  receiptUrl: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  paidAt: Date | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
