import { Column, Entity, Index, Unique, type Relation } from 'typeorm';
import { CreatedAt, Id, UpdatedAt } from '../declare/columns.js';
import { GlobalReference } from '../declare/references.js';
import { ALL_COMMANDS, NO_COMMANDS, Tenancy } from '../declare/tenancy.js';
import { Organization } from './organization.entity.js';
import { User } from './user.entity.js';

/** A session's renewable half. Tokens that replace one another share a family: a used one that comes back ends the family. */
@Entity({
  schema: 'app',
  name: 'refresh_token',
  comment: "A session's renewable half. Tokens that replace one another share a family: a used one that comes back ends the family.",
})
@Unique(['tokenHash'])
@Index(['familyId'])
@Tenancy('S', { auth: ALL_COMMANDS, admin: NO_COMMANDS })
export class RefreshToken {
  @Id()
  id: string;

  @Column({ type: 'uuid', comment: 'The user who is signed in.' })
  userId: string;

  @GlobalReference(() => User, { by: 'userId', onDelete: 'CASCADE' })
  user?: Relation<User>;

  @Column({ type: 'uuid', nullable: true, comment: 'The organization the session is in; null before one was chosen.' })
  orgId: string | null;

  @GlobalReference(() => Organization, { by: 'orgId', onDelete: 'CASCADE' })
  organization?: Relation<Organization> | null;

  @Column({ type: 'varchar', length: 255, comment: 'SHA-256 of the token, in hexadecimal.' })
  tokenHash: string;

  @Column({ type: 'uuid', comment: 'The same for all tokens that followed from one sign-in.' })
  familyId: string;

  @Column({ type: 'timestamptz', comment: 'From then on the token is refused.' })
  expiresAt: Date;

  @Column({ type: 'timestamptz', nullable: true, comment: 'When the token was withdrawn; null: it was not.' })
  revokedAt: Date | null;

  @Column({
    type: 'timestamptz',
    nullable: true,
    comment: 'When the token was exchanged for a new one; null: not yet. Coming back much later, it ends the family.',
  })
  replacedAt: Date | null;

  @Column({ type: 'inet', nullable: true, comment: 'From where the session was used when the token was made.' })
  ip: string | null;

  @Column({ type: 'varchar', length: 1024, nullable: true, comment: 'With what the session was used when the token was made.' })
  userAgent: string | null;

  @Column({ type: 'uuid', nullable: true, comment: "The token that took this one's place." })
  replacedBy: string | null;

  @GlobalReference(() => RefreshToken, { by: 'replacedBy', onDelete: 'SET NULL' })
  replacement?: Relation<RefreshToken> | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
