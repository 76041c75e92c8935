import { Injectable } from '@nestjs/common';
import { AuthConnection, newId } from '#database';
import { normaliseEmail } from '../email-address.js';
import { EmailTakenError } from '../errors.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { insertCredential, insertUser } from '../persistence/accounts.js';
import { makeOrganization } from './make-organization.js';

/** What an account is made of. */
export interface AccountFacts {
  readonly email: string;
  /** 12 to 128 characters. */
  readonly password: string;
  /** The person's name. */
  readonly name: string;
  readonly organizationName: string;
}

/** Who an account is, and the organization that was made with it. */
export interface MadeAccount {
  readonly userId: string;
  readonly orgId: string;
}

/** Makes accounts for those who need not prove the address: operators, seeds and tests. People use RegistrationService. */
@Injectable()
export class AccountsService {
  constructor(
    private readonly auth: AuthConnection,
    private readonly hasher: PasswordHasher,
  ) {}

  /**
   * Makes a person with a verified address, how they sign in, and an organization that they own, in one transaction.
   * @throws EmailTakenError, PasswordLengthError, PasswordHashingBusyError
   */
  async create(facts: AccountFacts): Promise<MadeAccount> {
    const passwordHash = await this.hasher.hash(facts.password);
    const userId = newId();
    const orgId = newId();
    const account = { userId, email: normaliseEmail(facts.email), name: facts.name.trim(), passwordHash };
    await this.auth.run(async (sql) => {
      if (!(await insertUser(sql, account))) throw new EmailTakenError();
      await insertCredential(sql, account);
      await makeOrganization(sql, { orgId, name: facts.organizationName, ownerId: userId });
    }, userId);
    return { userId, orgId };
  }
}
