import { Column, Entity, Index, Unique, type Relation } from 'typeorm';
import { CreatedAt, Id, OneOf, UpdatedAt } from '../declare/columns.js';
import { GlobalReference } from '../declare/references.js';
import { Tenancy } from '../declare/tenancy.js';
import { Organization } from '../identity/organization.entity.js';

export const WEBHOOK_STATUSES = ['RECEIVED', 'PROCESSED', 'IGNORED', 'FAILED'] as const;
export type WebhookStatus = (typeof WEBHOOK_STATUSES)[number];

/** A provider's message, stored before it is processed, once per provider and id. */
@Entity({ schema: 'app', name: 'webhook_event', comment: "A provider's message, stored before it is processed, once per provider and id." })
@Unique(['provider', 'externalId'])
@Index(['status', 'createdAt'])
@Tenancy('S')
export class WebhookEvent {
  @Id()
  id: string;

  @Column({ type: 'varchar', length: 50, comment: 'Who sent it, such as `stripe`.' })
  provider: string;

  @Column({ type: 'varchar', length: 255, comment: "The provider's id of the message; unique per provider." })
  externalId: string;

  @Column({ type: 'varchar', length: 255, comment: "The provider's name for what happened." })
  type: string;

  @Column({ type: 'varchar', length: 50, nullable: true, comment: "The version of the provider's interface that the payload follows." })
  apiVersion: string | null;

  @Column({ type: 'jsonb', comment: 'The message as it came.' })
  payload: Record<string, unknown>;

  @OneOf(WEBHOOK_STATUSES, { default: 'RECEIVED', comment: 'RECEIVED waits to be processed, IGNORED concerns nothing here.' })
  status: WebhookStatus;

  @Column({ type: 'integer', default: 0, comment: 'How many times processing was begun.' })
  attempts: number;

  @Column({ type: 'text', nullable: true, comment: 'Why processing last failed.' })
  errorMessage: string | null;

  @Column({ type: 'uuid', nullable: true, comment: 'Found while processing; may stay unknown.' })
  orgId: string | null;

  @GlobalReference(() => Organization, { by: 'orgId', onDelete: 'SET NULL' })
  organization?: Relation<Organization> | null;

  @Column({ type: 'timestamptz', nullable: true, comment: 'When processing ended.' })
  processedAt: Date | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
