import { Injectable } from '@nestjs/common';
import { AuthConnection } from '#database';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { findCredential } from '../persistence/accounts.js';
import { WrongPasswordError } from './errors.js';

/** Asks a signed-in person for the password once more, before what only they may do: a session can be stolen. */
@Injectable()
export class PasswordProof {
  constructor(
    private readonly auth: AuthConnection,
    private readonly hasher: PasswordHasher,
  ) {}

  /**
   * @param field how the request names the password
   * @throws WrongPasswordError, PasswordHashingBusyError
   */
  async check(userId: string, password: string, field: 'password' | 'currentPassword'): Promise<void> {
    const account = await this.hasher.authenticate(password, () => findCredential(this.auth, userId));
    if (account === undefined) throw new WrongPasswordError(field);
  }
}
