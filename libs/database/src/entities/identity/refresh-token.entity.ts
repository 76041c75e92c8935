import { Column, Entity, Index, Unique, type Relation } from 'typeorm';
import { CreatedAt, Id, UpdatedAt } from '../declare/columns.js';
import { GlobalReference } from '../declare/references.js';
import { ALL_COMMANDS, NO_COMMANDS, Tenancy } from '../declare/tenancy.js';
import { Organization } from './organization.entity.js';
import { User } from './user.entity.js';

/** A session's renewable half. Tokens that replace one another share a family: a used one that comes back ends the family. */
@Entity({ schema: 'app', name: 'refresh_token' })
@Unique(['tokenHash'])
@Index(['familyId'])
@Tenancy('S', { auth: ALL_COMMANDS, admin: NO_COMMANDS })
export class RefreshToken {
  @Id()
  id: string;

  @Column({ type: 'uuid' })
  userId: string;

  @GlobalReference(() => User, { by: 'userId', onDelete: 'CASCADE' })
  user?: Relation<User>;

  /** The organization the session is in; null before one was chosen. */
  @Column({ type: 'uuid', nullable: true })
  orgId: string | null;

  @GlobalReference(() => Organization, { by: 'orgId', onDelete: 'CASCADE' })
  organization?: Relation<Organization> | null;

  /** SHA-256 of the token, in hexadecimal. */
  @Column({ type: 'varchar', length: 255 })
  tokenHash: string;

  @Column({ type: 'uuid' })
  familyId: string;

  @Column({ type: 'timestamptz' })
  expiresAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  revokedAt: Date | null;

  /** The token that took this one's place. */
  @Column({ type: 'uuid', nullable: true })
  replacedBy: string | null;

  @GlobalReference(() => RefreshToken, { by: 'replacedBy', onDelete: 'SET NULL' })
  replacement?: Relation<RefreshToken> | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
