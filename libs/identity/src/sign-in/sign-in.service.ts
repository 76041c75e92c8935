import { Injectable } from '@nestjs/common';
import { AuthConnection } from '#database';
import { normaliseEmail } from '../email-address.js';
import { InvalidCredentialsError, NoOrganizationError } from '../errors.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { holdPassword } from '../persistence/accounts.js';
import { findMembership } from '../persistence/memberships.js';
import { countAttempt, recordSignIn } from '../persistence/sign-in-attempts.js';
import { SessionsService } from '../sessions/sessions.service.js';
import type { Device, SignedIn } from '../sessions/signed-in.js';
import { attemptKeys } from './attempt-keys.js';

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** Turns an address and a password into a session. */
@Injectable()
export class SignInService {
  constructor(
    private readonly auth: AuthConnection,
    private readonly hasher: PasswordHasher,
    private readonly sessions: SessionsService,
  ) {}

  /**
   * Signs a person in to the organization they used last. No connection is held while the password is hashed.
   * @throws InvalidCredentialsError for everything that is wrong with address or password, and while the address pauses for the
   * device's network after repeated failures; NoOrganizationError; PasswordHashingBusyError.
   */
  async signIn({ email, password }: Credentials, device: Device): Promise<SignedIn> {
    const address = normaliseEmail(email);
    const keys = attemptKeys(address, device.ip);
    const account = await this.hasher.authenticate(password, () => countAttempt(this.auth, address, keys));
    if (account === undefined) throw new InvalidCredentialsError();
    const { userId } = account;
    const signedIn = await this.auth.run(async (sql) => {
      if (!(await holdPassword(sql, account))) throw new InvalidCredentialsError();
      await recordSignIn(sql, userId, keys);
      const membership = await findMembership(sql, userId);
      return membership === undefined ? undefined : await this.sessions.open({ userId, orgId: membership.org_id, role: membership.role }, device, sql);
    }, userId);
    if (signedIn === undefined) throw new NoOrganizationError();
    return signedIn;
  }
}
