import { Column, Entity, Unique, type Relation } from 'typeorm';
import { CreatedAt, Id, OneOf, UpdatedAt, Version } from '../declare/columns.js';
import { GlobalReference } from '../declare/references.js';
import { Tenancy } from '../declare/tenancy.js';
import { RaisesVersion } from '../declare/triggers.js';
import { User } from './user.entity.js';

export const ORGANIZATION_STATUSES = ['ACTIVE', 'SUSPENDED', 'ERASING'] as const;
export type OrganizationStatus = (typeof ORGANIZATION_STATUSES)[number];

/** A tenant. Registration inserts it; the tenant itself reads its own row and changes what it may be called. */
@Entity({
  schema: 'app',
  name: 'organization',
  comment: 'A tenant. Registration inserts it; the tenant itself reads its own row and changes what it may be called.',
})
@Unique(['slug'])
@RaisesVersion()
@Tenancy('M', {
  tenant: { select: true, update: ['name', 'slug', 'description', 'settings'] },
  auth: { select: true, insert: true },
  policies: [
    { role: 'app_tenant', command: 'select', using: 'id = app.current_org_id()' },
    { role: 'app_tenant', command: 'update', using: 'id = app.current_org_id()', check: 'id = app.current_org_id()' },
  ],
})
export class Organization {
  @Id()
  id: string;

  @Column({ type: 'varchar', length: 255, comment: 'Shown to people; need not be unique.' })
  name: string;

  @Column({ type: 'varchar', length: 255, comment: 'Short name for URLs, unique over all organizations.' })
  slug: string;

  @Column({ type: 'text', nullable: true, comment: 'What the organization says about itself.' })
  description: string | null;

  @Column({ type: 'jsonb', default: () => "'{}'", comment: "The organization's own settings, by name." })
  settings: Record<string, unknown>;

  @Column({ type: 'jsonb', nullable: true, comment: 'What the organization booked; it cannot change this itself.' })
  subscriptionInfo: Record<string, unknown> | null;

  @OneOf(ORGANIZATION_STATUSES, { default: 'ACTIVE', comment: 'ACTIVE can be signed in to, SUSPENDED cannot, ERASING is being deleted.' })
  status: OrganizationStatus;

  @Column({ type: 'uuid', nullable: true, comment: 'The user who founded it; null once that user is gone.' })
  createdBy: string | null;

  @GlobalReference(() => User, { by: 'createdBy', onDelete: 'SET NULL' })
  creator?: Relation<User> | null;

  @Version()
  version: number;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
