import { Column, Entity, Unique, type Relation } from 'typeorm';
import { CreatedAt, Id, OneOf, UpdatedAt } from '../declare/columns.js';
import { GlobalReference } from '../declare/references.js';
import { ALL_COMMANDS, NO_COMMANDS, Tenancy } from '../declare/tenancy.js';
import { User } from '../identity/user.entity.js';

export const TOKEN_PURPOSES = ['VERIFY', 'RESET', 'CHANGE_ADDRESS'] as const;
export type TokenPurpose = (typeof TOKEN_PURPOSES)[number];

/** A token that proves an address or a wish, once. */
@Entity({ schema: 'app', name: 'one_time_token' })
@Unique(['tokenHash'])
@Tenancy('S', { auth: ALL_COMMANDS, admin: NO_COMMANDS })
export class OneTimeToken {
  @Id()
  id: string;

  @Column({ type: 'uuid' })
  userId: string;

  @GlobalReference(() => User, { by: 'userId', onDelete: 'CASCADE' })
  user?: Relation<User>;

  @OneOf(TOKEN_PURPOSES)
  purpose: TokenPurpose;

  /** SHA-256 of the token, in hexadecimal. */
  @Column({ type: 'varchar', length: 255 })
  tokenHash: string;

  @Column({ type: 'timestamptz' })
  expiresAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  usedAt: Date | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
