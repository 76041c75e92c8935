import { Injectable } from '@nestjs/common';
import {
  AuthConnection,
  CommitUnknownError,
  currentContext,
  Database,
  newId,
  sqlStateOf,
  TenantConnection,
  VersionConflictError,
  writeAudit,
  type Organization,
} from '#database';
import { makeOrganization } from '../accounts/make-organization.js';
import { SessionEndedError } from '../errors.js';
import { findOwnOrganization, updateOwnOrganization, type OrganizationValues } from '../persistence/own-organization.js';
import { changesOf } from './changes.js';
import { SlugTakenError } from './errors.js';
import { toOrganizationView, type OrganizationView } from './views.js';

const UNIQUE_VIOLATION = '23505';

/** The current organization, and making further ones. */
@Injectable()
export class OrganizationsService {
  constructor(
    private readonly db: TenantConnection,
    private readonly database: Database,
    private readonly auth: AuthConnection,
  ) {}

  /** The current organization. @throws SessionEndedError once it is gone */
  async current(): Promise<OrganizationView> {
    const row = await findOwnOrganization(this.db);
    if (row === null) throw new SessionEndedError();
    return toOrganizationView(row);
  }

  /**
   * Changes the current organization; settings are replaced as a whole.
   * @throws VersionConflictError, SlugTakenError
   */
  async change(expectedVersion: number, values: OrganizationValues): Promise<OrganizationView> {
    try {
      return toOrganizationView(await this.#change(expectedVersion, values));
    } catch (error) {
      if (sqlStateOf(error) === UNIQUE_VIOLATION) throw new SlugTakenError(values.slug ?? '', error);
      throw error;
    }
  }

  /**
   * Makes another organization with its built-in roles, owned by this person, who signs in to it from then on. Its first entry in
   * the audit log is written once it can be entered, which is after it is made.
   * @throws SlugExhaustedError; CommitUnknownError where it was made and more could not be done: made again, there would be two
   */
  async create(userId: string, name: string): Promise<OrganizationView> {
    const orgId = newId();
    const { slug } = await this.auth.run((sql) => makeOrganization(sql, { orgId, name, ownerId: userId }), userId);
    const db = this.database.tenant(orgId, { actorType: 'USER', actorId: userId, requestId: currentContext()?.requestId ?? null });
    try {
      return await this.#welcome(db, { name: name.trim(), slug });
    } catch (error) {
      throw new CommitUnknownError(error);
    }
  }

  async #welcome(db: TenantConnection, changes: { readonly name: string; readonly slug: string }): Promise<OrganizationView> {
    await writeAudit(db, { action: 'organization.created', subjectType: 'organization', subjectId: db.orgId, changes });
    const row = await findOwnOrganization(db);
    if (row === null) throw new SessionEndedError();
    return toOrganizationView(row);
  }

  async #change(expectedVersion: number, values: OrganizationValues): Promise<Organization> {
    return this.db.transaction(async (tx) => {
      const before = await findOwnOrganization(tx);
      if (before === null) throw new SessionEndedError();
      if (before.version !== expectedVersion) throw new VersionConflictError('organization');
      const changes = changesOf(before, values);
      if (Object.keys(changes).length === 0) return before;
      const after = await updateOwnOrganization(tx, expectedVersion, values);
      if (after === undefined) throw new VersionConflictError('organization');
      await writeAudit(tx, { action: 'organization.changed', subjectType: 'organization', subjectId: tx.orgId, changes });
      return after;
    });
  }
}
