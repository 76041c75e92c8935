import { Injectable } from '@nestjs/common';
import { AuthConnection, createBuiltInRoles, newId, type Sql } from '#database';
import { normaliseEmail } from './email-address.js';
import { EmailTakenError, SlugExhaustedError } from './errors.js';
import { PasswordHasher } from './passwords/password-hasher.js';
import { insertCredential, insertUser } from './persistence/accounts.js';
import { insertOrganization, insertOwner, type NewOrganization } from './persistence/organizations.js';
import { slugOf, slugWithEnding } from './slug.js';
import { SessionsService } from './sessions/sessions.service.js';
import type { Device, SignedIn } from './sessions/signed-in.js';

export interface Registration {
  readonly email: string;
  /** 12 to 128 characters. */
  readonly password: string;
  /** The person's name. */
  readonly name: string;
  readonly organizationName: string;
}

const SLUG_ATTEMPTS = 5;

/** Makes accounts: a person, how they sign in, and the organization they own. */
@Injectable()
export class RegistrationService {
  constructor(
    private readonly auth: AuthConnection,
    private readonly hasher: PasswordHasher,
    private readonly sessions: SessionsService,
  ) {}

  /**
   * Registers a person with an organization of their own, in one transaction, and signs them in.
   *
   * A taken address is refused openly. As long as no e-mail is sent, the only other honest answer would be a session that
   * does not work, and the next sign-in would tell the same. The password is hashed before the address is looked at, so that
   * the time tells nothing more than the answer does.
   * @throws EmailTakenError, PasswordLengthError, PasswordHashingBusyError
   */
  async register(registration: Registration, device: Device = { ip: null, userAgent: null }): Promise<SignedIn> {
    const passwordHash = await this.hasher.hash(registration.password);
    const userId = newId();
    const orgId = newId();
    const account = { userId, email: normaliseEmail(registration.email), name: registration.name.trim(), passwordHash };
    await this.auth.run(async (sql) => {
      if (!(await insertUser(sql, account))) throw new EmailTakenError();
      await insertCredential(sql, account);
      const organization = await insertWithFreeSlug(sql, { orgId, name: registration.organizationName.trim(), ownerId: userId });
      await insertOwner(sql, organization);
      await createBuiltInRoles(sql, orgId);
    }, userId);
    return await this.sessions.open({ userId, orgId, role: 'OWNER' }, device);
  }
}

async function insertWithFreeSlug(sql: Sql, organization: Omit<NewOrganization, 'slug'>): Promise<NewOrganization> {
  const wanted = slugOf(organization.name);
  for (let attempt = 0; attempt < SLUG_ATTEMPTS; attempt += 1) {
    const candidate = { ...organization, slug: attempt === 0 ? wanted : slugWithEnding(wanted) };
    if (await insertOrganization(sql, candidate)) return candidate;
  }
  throw new SlugExhaustedError(wanted);
}
