import { Column, Entity, Index, Unique, type Relation } from 'typeorm';
import { CreatedAt, Id, OneOf, UpdatedAt } from '../declare/columns.js';
import { GlobalReference } from '../declare/references.js';
import { Tenancy } from '../declare/tenancy.js';
import { Organization } from '../identity/organization.entity.js';

export const WEBHOOK_STATUSES = ['RECEIVED', 'PROCESSED', 'IGNORED', 'FAILED'] as const;
export type WebhookStatus = (typeof WEBHOOK_STATUSES)[number];

/** A provider's message, stored before it is processed, once per provider and id. */
@Entity({ schema: 'app', name: 'webhook_event' })
@Unique(['provider', 'externalId'])
@Index(['status', 'createdAt'])
@Tenancy('S')
export class WebhookEvent {
  @Id()
  id: string;

  @Column({ type: 'varchar', length: 50 })
  provider: string;

  @Column({ type: 'varchar', length: 255 })
  externalId: string;

  @Column({ type: 'varchar', length: 255 })
  type: string;

  @Column({ type: 'varchar', length: 50, nullable: true })
  apiVersion: string | null;

  @Column({ type: 'jsonb' })
  payload: Record<string, unknown>;

  @OneOf(WEBHOOK_STATUSES, { default: 'RECEIVED' })
  status: WebhookStatus;

  @Column({ type: 'integer', default: 0 })
  attempts: number;

  @Column({ type: 'text', nullable: true })
  errorMessage: string | null;

  /** Found while processing; may stay unknown. */
  @Column({ type: 'uuid', nullable: true })
  orgId: string | null;

  @GlobalReference(() => Organization, { by: 'orgId', onDelete: 'SET NULL' })
  organization?: Relation<Organization> | null;

  @Column({ type: 'timestamptz', nullable: true })
  processedAt: Date | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
