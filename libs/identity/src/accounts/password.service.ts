import { Injectable } from '@nestjs/common';
import { AccountsConfig, AuthConnection, createLogger, newId, TenantConnection, writeAudit } from '#database';
import { TokenDelivery } from '../delivery/token-delivery.js';
import { normaliseEmail } from '../email-address.js';
import { hashOfToken, newOneTimeToken } from '../one-time-tokens/one-time-token.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { holdPassword, setPassword } from '../persistence/accounts.js';
import { endOneTimeTokens, insertResetToken, useOneTimeToken } from '../persistence/one-time-tokens.js';
import { revokeSessions } from '../persistence/sessions.js';
import { forgetAttempts } from '../persistence/sign-in-attempts.js';
import type { SessionHolder } from '../sessions/session-renewal.service.js';
import type { Device } from '../sessions/signed-in.js';
import { attemptKeys } from '../sign-in/attempt-keys.js';
import { OneTimeTokenInvalidError, WrongPasswordError } from './errors.js';
import { evenly } from './evenly.js';
import { PasswordProof } from './password-proof.js';

export interface PasswordChange {
  readonly currentPassword: string;
  /** 12 to 128 characters. */
  readonly newPassword: string;
}

/** Gives people a new password: those who know the old one, and those who can read the mail of the address. */
@Injectable()
export class PasswordService {
  readonly #logger = createLogger('accounts');

  constructor(
    private readonly config: AccountsConfig,
    private readonly auth: AuthConnection,
    private readonly db: TenantConnection,
    private readonly hasher: PasswordHasher,
    private readonly proof: PasswordProof,
    private readonly delivery: TokenDelivery,
  ) {}

  /**
   * Sends a token to the address where it has an active account, and nothing otherwise. The caller learns nothing either way.
   * @throws MailNotConfiguredError
   */
  async requestReset(email: string): Promise<void> {
    this.delivery.assertReady();
    await evenly(() => this.#requestReset(normaliseEmail(email)));
  }

  /**
   * Sets the password of the person that the token was sent to, and ends all their sessions and other tokens.
   * @throws OneTimeTokenInvalidError, PasswordLengthError, PasswordHashingBusyError
   */
  async reset(token: string, password: string, device: Device): Promise<void> {
    const passwordHash = await this.hasher.hash(password);
    await this.auth.run(async (sql) => {
      const used = await useOneTimeToken(sql, 'RESET', hashOfToken(token));
      // Whoever reads the mail of an address that the person has given up may not come back by it.
      if (used === undefined || used.token_email !== used.user_email) throw new OneTimeTokenInvalidError();
      await setPassword(sql, used.user_id, passwordHash);
      await forgetAttempts(sql, attemptKeys(used.user_email, device.ip));
      await endOneTimeTokens(sql, used.user_id);
      await revokeSessions(sql, used.user_id);
    });
  }

  /**
   * Changes the password of a signed-in person, and ends their sessions but for this one and the tokens that wait for them.
   * @throws WrongPasswordError, PasswordLengthError, PasswordHashingBusyError
   */
  async change({ userId, sessionId }: SessionHolder, { currentPassword, newPassword }: PasswordChange, device: Device): Promise<void> {
    const checked = await this.proof.check(userId, currentPassword, 'currentPassword', device);
    const passwordHash = await this.hasher.hash(newPassword);
    await this.auth.run(async (sql) => {
      if (!(await holdPassword(sql, checked))) throw new WrongPasswordError('currentPassword');
      await setPassword(sql, userId, passwordHash);
      await endOneTimeTokens(sql, userId);
      await revokeSessions(sql, userId, sessionId);
    });
    // A password is out of reach of the tenant's connection, so the entry cannot be of the same transaction.
    await writeAudit(this.db, { action: 'password.changed', subjectType: 'user', subjectId: userId });
  }

  async #requestReset(email: string): Promise<void> {
    const { token, tokenHash } = newOneTimeToken();
    if (!(await insertResetToken(this.auth, { id: newId(), email, tokenHash, ttlSeconds: this.config.resetTtlSeconds }))) return;
    try {
      await this.delivery.send({ to: email, purpose: 'RESET', token });
    } catch (error) {
      // An answer that says so would say that the address has an account.
      this.#logger.error({ err: error }, 'The token of a password reset could not be delivered');
    }
  }
}
