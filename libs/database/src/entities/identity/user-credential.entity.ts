import { Column, Entity, PrimaryColumn, type Relation } from 'typeorm';
import { CreatedAt, UpdatedAt } from '../declare/columns.js';
import { GlobalReference } from '../declare/references.js';
import { ALL_COMMANDS, NO_COMMANDS, Tenancy } from '../declare/tenancy.js';
import { User } from './user.entity.js';

/** How a person proves who they are, apart from `user`, so that no query over users can return a hash. */
@Entity({
  schema: 'app',
  name: 'user_credential',
  comment: 'How a person proves who they are, apart from `user`, so that no query over users can return a hash.',
})
@Tenancy('S', { auth: ALL_COMMANDS, admin: NO_COMMANDS })
export class UserCredential {
  @PrimaryColumn({ type: 'uuid', comment: 'The user, who has one credential at most.' })
  userId: string;

  @GlobalReference(() => User, { by: 'userId', onDelete: 'CASCADE', index: false })
  user?: Relation<User>;

  @Column({ type: 'varchar', length: 255, comment: 'argon2id, with its parameters and salt.' })
  passwordHash: string;

  @Column({ type: 'integer', default: 0, comment: 'Attempts to sign in since the last that succeeded.' })
  failedAttempts: number;

  @Column({ type: 'timestamptz', nullable: true, comment: 'Until then every attempt to sign in fails, after repeated failures.' })
  lockedUntil: Date | null;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
