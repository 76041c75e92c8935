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
@Entity({
  schema: 'app',
  name: 'user',
  comment: 'A person. A tenant sees the people who are its members; a person sees and changes itself. The password hash is kept elsewhere.',
})
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

  @EmailAddress('ck_user_email', 'What the user signs in with, in lower case; unique.')
  email: string;

  @Column({ type: 'varchar', length: 255, comment: 'What the user is called.' })
  name: string;

  @Column({ type: 'boolean', default: true, comment: 'False: cannot sign in, and what they made stays.' })
  isActive: boolean;

  @OneOf(SYSTEM_ROLES, { default: 'USER', select: false, comment: 'SYSTEM_ADMIN runs the platform; organizations cannot read this.' })
  systemRole: SystemRole;

  @Column({ type: 'timestamptz', nullable: true, comment: "When the address was proven to be the user's; null: not yet." })
  emailVerifiedAt: Date | null;

  @Column({ type: 'uuid', nullable: true, select: false, comment: 'The organization chosen last, which signing in prefers; organizations cannot read this.' })
  currentOrgId: string | null;

  @GlobalReference(() => Organization, { by: 'currentOrgId', onDelete: 'SET NULL' })
  currentOrganization?: Relation<Organization> | null;

  @Column({ type: 'timestamptz', nullable: true, comment: 'When the user last signed in.' })
  lastLoginAt: Date | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
