import { Column, Entity, Unique, type Relation } from 'typeorm';
import { CreatedAt, Id, OneOf, OrgId, UpdatedAt } from '../declare/columns.js';
import { OfOrganization, WithinOrg } from '../declare/references.js';
import { Tenancy } from '../declare/tenancy.js';
import { Organization } from '../identity/organization.entity.js';
import { StripeCustomer } from './stripe-customer.entity.js';

/** Stripe's own values. */
export const SUBSCRIPTION_STATUSES = ['incomplete', 'incomplete_expired', 'trialing', 'active', 'past_due', 'canceled', 'unpaid', 'paused'] as const;
export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number];

/** What an organization subscribed to. */
@Entity({ schema: 'app', name: 'subscription', comment: 'What an organization subscribed to.' })
@Unique(['orgId', 'stripeSubscriptionId'])
@Tenancy('T')
export class Subscription {
  @OrgId()
  orgId: string;

  @OfOrganization(() => Organization)
  organization?: Relation<Organization>;

  @Id()
  id: string;

  @Column({ type: 'uuid', comment: 'The customer who subscribed.' })
  stripeCustomerId: string;

  @WithinOrg(() => StripeCustomer, { by: 'stripeCustomerId', onDelete: 'CASCADE' })
  stripeCustomer?: Relation<StripeCustomer>;

  @Column({ type: 'varchar', length: 255, comment: "Stripe's id of the subscription; unique within the organization." })
  stripeSubscriptionId: string;

  @Column({ type: 'varchar', length: 255, comment: "Stripe's id of the price that is charged." })
  stripePriceId: string;

  @OneOf(SUBSCRIPTION_STATUSES, { comment: "Stripe's state of the subscription." })
  status: SubscriptionStatus;

  @Column({ type: 'integer', default: 1, comment: 'How many units of the price are charged.' })
  quantity: number;

  @Column({ type: 'timestamptz', nullable: true, comment: 'When the period that is paid for begins.' })
  currentPeriodStart: Date | null;

  @Column({ type: 'timestamptz', nullable: true, comment: 'When the period that is paid for ends.' })
  currentPeriodEnd: Date | null;

  @Column({ type: 'timestamptz', nullable: true, comment: 'When the free trial ends; null: there is none.' })
  trialEnd: Date | null;

  @Column({ type: 'boolean', default: false, comment: 'Ends with the current period instead of renewing.' })
  cancelAtPeriodEnd: boolean;

  @Column({ type: 'timestamptz', nullable: true, comment: 'When it was cancelled; null: it was not.' })
  canceledAt: Date | null;

  @Column({ type: 'jsonb', default: () => "'{}'", comment: "Stripe's metadata of the subscription." })
  metadata: Record<string, unknown>;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
