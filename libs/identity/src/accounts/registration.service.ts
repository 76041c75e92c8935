import { Injectable } from '@nestjs/common';
import { AccountsConfig, AuthConnection, newId } from '#database';
import { TokenDelivery } from '../delivery/token-delivery.js';
import { normaliseEmail } from '../email-address.js';
import { hashOfToken, newOneTimeToken } from '../one-time-tokens/one-time-token.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { insertCredential, insertUser } from '../persistence/accounts.js';
import { deleteRegistrationOfTakenAddress, insertRegistration, takeRegistration } from '../persistence/registrations.js';
import { countRegistrationAttempt, forgetCount } from '../persistence/sign-in-attempts.js';
import type { SessionSubject } from '../sessions/signed-in.js';
import { registrationAttemptKey } from '../sign-in/attempt-keys.js';
import type { AccountFacts } from './accounts.service.js';
import { RegistrationClosedError, RegistrationUnprovenError } from './errors.js';
import { evenly } from './evenly.js';
import { makeOrganization } from './make-organization.js';

/** What proves a registration: the token shows whose address it is, the password who registered. */
export interface RegistrationProof {
  /** As it was sent to the address. */
  readonly token: string;
  /** The one that was chosen when registering. */
  readonly password: string;
}

/** Lets strangers in: asking for an account tells nothing, and the token that was sent to the address makes it, with the password that was chosen. */
@Injectable()
export class RegistrationService {
  constructor(
    private readonly config: AccountsConfig,
    private readonly auth: AuthConnection,
    private readonly hasher: PasswordHasher,
    private readonly delivery: TokenDelivery,
  ) {}

  /**
   * Sends a token to the address, or, where it has an account, says so there. The caller learns nothing either way: outcome,
   * time and work are the same.
   * @throws RegistrationClosedError, MailNotConfiguredError, PasswordLengthError, PasswordHashingBusyError
   */
  async register(facts: AccountFacts): Promise<void> {
    if (!this.config.registrationEnabled) throw new RegistrationClosedError();
    this.delivery.assertReady();
    await evenly(() => this.#register(facts));
  }

  /**
   * Makes the account of a registration, with an organization that it owns, in one transaction. A token is good once, and of
   * several registrations of one address the first makes the account. Both must be right: somebody who registers another person's
   * address knows the password, and the person who reads its mail has the token. A wrong password leaves the token good, and after
   * several it pauses.
   * @throws RegistrationUnprovenError, PasswordHashingBusyError
   */
  async verify({ token, password }: RegistrationProof): Promise<SessionSubject> {
    const tokenHash = hashOfToken(token);
    const key = registrationAttemptKey(tokenHash);
    const proven = await this.hasher.authenticate(password, () => countRegistrationAttempt(this.auth, tokenHash, key));
    if (proven === undefined) throw new RegistrationUnprovenError();
    const userId = newId();
    const orgId = newId();
    await this.auth.run(async (sql) => {
      const registration = await takeRegistration(sql, tokenHash);
      if (registration === undefined) throw new RegistrationUnprovenError();
      const { email, name, password_hash: passwordHash, organization_name: organizationName } = registration;
      const account = { userId, email, name, passwordHash };
      if (!(await insertUser(sql, account))) throw new RegistrationUnprovenError();
      await insertCredential(sql, account);
      await forgetCount(sql, key);
      await makeOrganization(sql, { orgId, name: organizationName, ownerId: userId });
    }, userId);
    return { userId, orgId, role: 'OWNER' };
  }

  async #register({ email, password, name, organizationName }: AccountFacts): Promise<void> {
    const passwordHash = await this.hasher.hash(password);
    const { token, tokenHash } = newOneTimeToken();
    const id = newId();
    const to = normaliseEmail(email);
    const registration = { id, email: to, name: name.trim(), passwordHash, organizationName: organizationName.trim(), tokenHash };
    const isTaken = await this.auth.run(async (sql) => {
      await insertRegistration(sql, { ...registration, ttlSeconds: this.config.registrationTtlSeconds });
      return await deleteRegistrationOfTakenAddress(sql, id);
    });
    await this.delivery.send(isTaken ? { to, purpose: 'ALREADY_REGISTERED', token: null } : { to, purpose: 'REGISTER', token });
  }
}
