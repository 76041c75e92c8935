import { Injectable } from '@nestjs/common';
import { AuthConnection, newId } from '#database';
import { EmailTakenError } from '../errors.js';
import { InvitationTokenInvalidError } from '../invitations/errors.js';
import { InvitationsService } from '../invitations/invitations.service.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { findCredential, insertCredential, insertUser } from '../persistence/accounts.js';
import type { SessionSubject } from '../sessions/signed-in.js';

export interface InvitedPerson {
  /** The invitation's token, as it was sent. */
  readonly token: string;
  /** 12 to 128 characters. */
  readonly password: string;
  /** The person's name. */
  readonly name: string;
}

/** Makes accounts for people whom an organization has invited. Who has the token reads the mail of the address. */
@Injectable()
export class InvitedRegistrationService {
  constructor(
    private readonly auth: AuthConnection,
    private readonly hasher: PasswordHasher,
    private readonly invitations: InvitationsService,
  ) {}

  /**
   * Makes an account for the invited address, with no organization of its own, and accepts the invitation with it. An account
   * that is there already is used where the password is its own, so that a request which broke off can be sent again.
   * @throws InvitationTokenInvalidError, EmailTakenError, AlreadyMemberError, PasswordLengthError, PasswordHashingBusyError
   */
  async register({ token, password, name }: InvitedPerson): Promise<SessionSubject> {
    const invitation = await this.invitations.inspect(token);
    if (invitation === undefined) throw new InvitationTokenInvalidError();
    const { email } = invitation;
    const userId = (await this.#insert(email, name.trim(), password)) ?? (await this.#recognise(email, password));
    const { organizationId: orgId, role } = await this.invitations.accept(token, { userId, email });
    return { userId, orgId, role };
  }

  /** The id of the account that was made, or undefined where the address has one. */
  async #insert(email: string, name: string, password: string): Promise<string | undefined> {
    const passwordHash = await this.hasher.hash(password);
    const account = { userId: newId(), email, name, passwordHash };
    return await this.auth.run(async (sql) => {
      if (!(await insertUser(sql, account))) return undefined;
      await insertCredential(sql, account);
      return account.userId;
    }, account.userId);
  }

  async #recognise(email: string, password: string): Promise<string> {
    const account = await this.hasher.authenticate(password, () => findCredential(this.auth, email));
    if (account === undefined) throw new EmailTakenError();
    return account.userId;
  }
}
