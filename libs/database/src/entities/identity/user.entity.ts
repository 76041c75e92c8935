import { Column, Entity, Unique, type Relation } from 'typeorm';
import { CreatedAt, EmailAddress, Id, OneOf, UpdatedAt } from '../declare/columns.js';
import { GlobalReference } from '../declare/references.js';
import { Tenancy } from '../declare/tenancy.js';
import { Organization } from './organization.entity.js';

export const SYSTEM_ROLES = ['USER', 'SYSTEM_ADMIN'] as const;
export type SystemRole = (typeof SYSTEM_ROLES)[number];

/**
 * What an organization may read of its members: not which organization they work in at the moment, and not whether they run the
 * platform. Injected repositories read those two only by name (`select: false`).
 */
const READABLE = ['id', 'email', 'name', 'is_active', 'email_verified_at', 'last_login_at', 'created_at', 'updated_at'] as const;

/** A person. A tenant sees the people who are its members; a person sees and changes itself. The password hash is kept elsewhere. */
@Entity({ schema: 'app', name: 'user' })
@Unique(['email'])
@Tenancy('G', {
  tenant: { select: READABLE, update: ['name', 'current_org_id'] },
  auth: { select: true, insert: true, update: ['email', 'name', 'is_active', 'email_verified_at', 'current_org_id', 'last_login_at'] },
  policies: [
    { role: 'app_tenant', command: 'select', using: 'id = app.current_user_id() or app.shares_organization(id)' },
    { role: 'app_tenant', command: 'update', using: 'id = app.current_user_id()', check: 'id = app.current_user_id()' },
  ],
})
export class User {
  @Id()
  id: string;

  @EmailAddress('ck_user_email')
  email: string;

  @Column({ type: 'varchar', length: 255 })
  name: string;

  @Column({ type: 'boolean', default: true })
  isActive: boolean;

  @OneOf(SYSTEM_ROLES, { default: 'USER', select: false })
  systemRole: SystemRole;

  @Column({ type: 'timestamptz', nullable: true })
  emailVerifiedAt: Date | null;

  @Column({ type: 'uuid', nullable: true, select: false })
  currentOrgId: string | null;

  @GlobalReference(() => Organization, { by: 'currentOrgId', onDelete: 'SET NULL' })
  currentOrganization?: Relation<Organization> | null;

  @Column({ type: 'timestamptz', nullable: true })
  lastLoginAt: Date | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
