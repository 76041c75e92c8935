import { Check, Column, Entity, Unique, type Relation } from 'typeorm';
import { CreatedAt, Id, OneOf, UpdatedAt } from '../declare/columns.js';
import { GlobalReference } from '../declare/references.js';
import { ALL_COMMANDS, NO_COMMANDS, Tenancy } from '../declare/tenancy.js';
import { User } from '../identity/user.entity.js';

export const TOKEN_PURPOSES = ['VERIFY', 'RESET', 'CHANGE_ADDRESS'] as const;
export type TokenPurpose = (typeof TOKEN_PURPOSES)[number];

/** A token that proves an address or a wish, once. */
@Entity({ schema: 'app', name: 'one_time_token', comment: 'A token that proves an address or a wish, once.' })
@Unique(['tokenHash'])
@Check('ck_one_time_token_email', '"email" = lower("email")')
@Tenancy('S', { auth: ALL_COMMANDS, admin: NO_COMMANDS })
export class OneTimeToken {
  @Id()
  id: string;

  @Column({ type: 'uuid', comment: 'Whose address or wish it proves.' })
  userId: string;

  @GlobalReference(() => User, { by: 'userId', onDelete: 'CASCADE' })
  user?: Relation<User>;

  @OneOf(TOKEN_PURPOSES, { comment: 'What the token is good for.' })
  purpose: TokenPurpose;

  @Column({ type: 'varchar', length: 255, nullable: true, comment: 'The address it was sent to, in lower case: what it proves, or changes to.' })
  email: string | null;

  @Column({ type: 'varchar', length: 255, comment: 'SHA-256 of the token, in hexadecimal.' })
  tokenHash: string;

  @Column({ type: 'timestamptz', comment: 'From then on the token is refused.' })
  expiresAt: Date;

  @Column({ type: 'timestamptz', nullable: true, comment: 'When it was used; null: not yet.' })
  usedAt: Date | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
