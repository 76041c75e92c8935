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
@Entity({ schema: 'app', name: 'payment', comment: 'A payment, as Stripe reports it.' })
@Unique(['orgId', 'stripePaymentIntentId'])
@Tenancy('T')
export class Payment {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @Id()
  id: string;

  @Column({ type: 'uuid', comment: 'The customer who pays.' })
  stripeCustomerId: string;

  @WithinOrg(() => StripeCustomer, { by: 'stripeCustomerId', onDelete: 'CASCADE' })
  stripeCustomer?: Relation<StripeCustomer>;

  @Column({ type: 'uuid', nullable: true, comment: 'The subscription it pays for; null: it stands alone.' })
  subscriptionId: string | null;

  @WithinOrg(() => Subscription, { by: 'subscriptionId', onDelete: 'CASCADE' })
  subscription?: Relation<Subscription> | null;

  @Column({ type: 'varchar', length: 255, comment: "Stripe's id of the payment intent; unique within the organization." })
  stripePaymentIntentId: string;

  @Column({ type: 'varchar', length: 255, nullable: true, comment: "Stripe's id of the invoice, if there is one." })
  stripeInvoiceId: string | null;

  @Column({ type: 'bigint', comment: 'In minor units of the currency.' })
  amount: string;

  @Column({ type: 'char', length: 3, comment: 'ISO 4217, as Stripe writes it.' })
  currency: string;

  @OneOf(PAYMENT_STATUSES, { comment: "Stripe's state of the payment intent, and what may follow one that succeeded." })
  status: PaymentStatus;

  @Column({ type: 'text', nullable: true, comment: 'What the payment is for, as Stripe shows it.' })
  description: string | null;

  @Column({ type: 'varchar', length: 255, nullable: true, comment: "Stripe's code of what went wrong." })
  failureCode: string | null;

  @Column({ type: 'text', nullable: true, comment: "Stripe's text of what went wrong." })
  failureMessage: string | null;

  @Column({ type: 'varchar', length: 1024, nullable: true, comment: "Stripe's page with the receipt." })
  receiptUrl: string | null;

  @Column({ type: 'timestamptz', nullable: true, comment: 'When the payment succeeded.' })
  paidAt: Date | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
