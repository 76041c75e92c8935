import { Column, Entity, Index, Unique } from 'typeorm';
import { CreatedAt, EmailAddress, Id, UpdatedAt } from '../declare/columns.js';
import { ALL_COMMANDS, NO_COMMANDS, Tenancy } from '../declare/tenancy.js';

/** Somebody who wants an account and has not yet proven the address: nothing else is made before, so that asking tells nobody who has one. */
@Entity({
  schema: 'app',
  name: 'registration',
  comment: 'Somebody who wants an account and has not yet proven the address: nothing else is made before, so that asking tells nobody who has one.',
})
@Unique(['tokenHash'])
@Index(['expiresAt'])
@Tenancy('S', { auth: ALL_COMMANDS, admin: NO_COMMANDS })
export class Registration {
  @Id()
  id: string;

  @EmailAddress('ck_registration_email', 'The address that is to be proven, in lower case; several may wait for the same one.')
  email: string;

  @Column({ type: 'varchar', length: 255, comment: 'What the person is called.' })
  name: string;

  @Column({ type: 'varchar', length: 255, comment: 'argon2id of the password chosen, with its parameters and salt.' })
  passwordHash: string;

  @Column({ type: 'varchar', length: 255, comment: 'Name of the organization to make with the account.' })
  organizationName: string;

  @Column({ type: 'varchar', length: 255, comment: 'SHA-256 of the token sent to the address, in hexadecimal.' })
  tokenHash: string;

  @Column({ type: 'timestamptz', comment: 'From then on the token is refused.' })
  expiresAt: Date;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
