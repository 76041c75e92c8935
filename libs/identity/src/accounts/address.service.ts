import { Injectable } from '@nestjs/common';
import { AccountsConfig, AuthConnection, newId, sqlStateOf } from '#database';
import { TokenDelivery } from '../delivery/token-delivery.js';
import { normaliseEmail } from '../email-address.js';
import { hashOfToken, newOneTimeToken } from '../one-time-tokens/one-time-token.js';
import { holdPassword, setAddress, type AttemptedAccount } from '../persistence/accounts.js';
import { deleteTokenOfTakenAddress, insertOneTimeToken, useOneTimeToken } from '../persistence/one-time-tokens.js';
import type { Device } from '../sessions/signed-in.js';
import type { Credentials } from '../sign-in/sign-in.service.js';
import { OneTimeTokenInvalidError, WrongPasswordError } from './errors.js';
import { evenly } from './evenly.js';
import { PasswordProof } from './password-proof.js';

const UNIQUE_VIOLATION = '23505';

/** Gives people another address, once they have shown that they read its mail. */
@Injectable()
export class AddressService {
  constructor(
    private readonly config: AccountsConfig,
    private readonly auth: AuthConnection,
    private readonly proof: PasswordProof,
    private readonly delivery: TokenDelivery,
  ) {}

  /**
   * Sends a token to the new address, or, where it has an account, says so there. The caller learns nothing either way.
   * @throws WrongPasswordError, MailNotConfiguredError, PasswordHashingBusyError
   */
  async requestChange(userId: string, { email, password }: Credentials, device: Device): Promise<void> {
    this.delivery.assertReady();
    const checked = await this.proof.check(userId, password, 'password', device);
    await evenly(() => this.#requestChange(checked, normaliseEmail(email)));
  }

  /** Makes the address that the token was sent to the person's own, and tells the old one. @throws OneTimeTokenInvalidError */
  async confirmChange(token: string): Promise<void> {
    const oldAddress = await this.#confirm(hashOfToken(token));
    await this.delivery.send({ to: oldAddress, purpose: 'ADDRESS_CHANGED', token: null });
  }

  async #requestChange(checked: AttemptedAccount, to: string): Promise<void> {
    const { userId } = checked;
    const { token, tokenHash } = newOneTimeToken();
    const id = newId();
    const isTaken = await this.auth.run(async (sql) => {
      if (!(await holdPassword(sql, checked))) throw new WrongPasswordError('password');
      const ttlSeconds = this.config.addressChangeTtlSeconds;
      await insertOneTimeToken(sql, { id, userId, purpose: 'CHANGE_ADDRESS', email: to, tokenHash, ttlSeconds });
      return await deleteTokenOfTakenAddress(sql, id);
    });
    await this.delivery.send(isTaken ? { to, purpose: 'ALREADY_REGISTERED', token: null } : { to, purpose: 'CHANGE_ADDRESS', token });
  }

  /** Returns the old address. An address that has been taken since is answered like a token that has expired. */
  async #confirm(tokenHash: string): Promise<string> {
    try {
      return await this.auth.run(async (sql) => {
        const used = await useOneTimeToken(sql, 'CHANGE_ADDRESS', tokenHash);
        if (used === undefined) throw new OneTimeTokenInvalidError();
        await setAddress(sql, used.user_id, used.token_email);
        return used.user_email;
      });
    } catch (error) {
      if (sqlStateOf(error) === UNIQUE_VIOLATION) throw new OneTimeTokenInvalidError();
      throw error;
    }
  }
}
