import { Injectable } from '@nestjs/common';
import { AuthConnection, type MemberRole } from '#database';
import { normaliseEmail } from './email-address.js';
import { InvalidCredentialsError, NoOrganizationError } from './errors.js';
import { PasswordHasher } from './passwords/password-hasher.js';
import { countAttempt, findMembership, recordSignIn } from './persistence/accounts.js';
import { AccessTokens } from './tokens/access-tokens.js';

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

export interface SignedIn {
  readonly userId: string;
  readonly orgId: string;
  readonly role: MemberRole;
  /** The access token. */
  readonly token: string;
  /** Seconds until it expires. */
  readonly expiresIn: number;
}

/** Turns an address and a password into an access token. */
@Injectable()
export class SignInService {
  constructor(
    private readonly auth: AuthConnection,
    private readonly hasher: PasswordHasher,
    private readonly tokens: AccessTokens,
  ) {}

  /**
   * Signs a person in to the organization they used last. No connection is held while the password is hashed.
   * @throws InvalidCredentialsError for everything that is wrong with address or password, and while the account pauses after
   * repeated failures; NoOrganizationError; PasswordHashingBusyError.
   */
  async signIn({ email, password }: Credentials): Promise<SignedIn> {
    const address = normaliseEmail(email);
    const account = await this.hasher.authenticate(password, () => countAttempt(this.auth, address));
    if (account === undefined) throw new InvalidCredentialsError();
    const { userId } = account;
    const membership = await this.auth.run(async (sql) => {
      await recordSignIn(sql, userId);
      return await findMembership(sql, userId);
    }, userId);
    if (membership === undefined) throw new NoOrganizationError();
    const subject = { userId, orgId: membership.org_id, role: membership.role };
    return { ...subject, ...(await this.tokens.issue(subject)) };
  }
}
