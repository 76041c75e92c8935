import { Injectable } from '@nestjs/common';
import { AuthConnection } from '#database';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { findAddress, type AttemptedAccount } from '../persistence/accounts.js';
import { countAttempt, forgetAttempts } from '../persistence/sign-in-attempts.js';
import type { Device } from '../sessions/signed-in.js';
import { attemptKeys } from '../sign-in/attempt-keys.js';
import { WrongPasswordError } from './errors.js';

/** Asks a signed-in person for the password once more, before what only they may do: a session can be stolen. */
@Injectable()
export class PasswordProof {
  constructor(
    private readonly auth: AuthConnection,
    private readonly hasher: PasswordHasher,
  ) {}

  /**
   * Answers what the password was checked against: whoever changes something by it asks `holdPassword` in the same transaction.
   * Failures pause it as those of signing in do, apart from these: whoever guesses here locks nobody out there.
   * @param field how the request names the password
   * @throws WrongPasswordError, also during a pause; PasswordHashingBusyError
   */
  async check(userId: string, password: string, field: 'password' | 'currentPassword', device: Device): Promise<AttemptedAccount> {
    const keys = attemptKeys(userId, device.ip);
    const account = await this.hasher.authenticate(password, async () => {
      const address = await findAddress(this.auth, userId);
      return address === undefined ? undefined : await countAttempt(this.auth, address, keys);
    });
    if (account === undefined) throw new WrongPasswordError(field);
    await this.auth.run((sql) => forgetAttempts(sql, keys));
    return account;
  }
}
