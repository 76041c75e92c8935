import { currentContext, newId, runWithContext, type Database, type MemberRole, type Principal } from '#database';
import { createOrganization, createTestDatabase, withAdmin, type TestDatabase } from '#database/testing';
import { effectivePermissions } from '../../src/access/permissions.js';
import { MembersService } from '../../src/members/members.service.js';

/** A person who belongs to an organization. */
export interface Person {
  readonly userId: string;
  readonly orgId: string;
  readonly email: string;
}

/** A database with organizations and their members, and work done in their names, for one spec file. */
export class OrganizationWorld {
  private constructor(
    readonly test: TestDatabase,
    readonly database: Database,
  ) {}

  static async open(): Promise<OrganizationWorld> {
    const test = await createTestDatabase();
    return new OrganizationWorld(test, await test.open());
  }

  async close(): Promise<void> {
    await this.test.drop();
  }

  get members(): MembersService {
    return new MembersService(this.database.current);
  }

  /** A new organization's OWNER. */
  async owner(): Promise<Person> {
    const { orgId, userId } = await createOrganization(this.test);
    return { orgId, userId, email: `${userId}@example.test` };
  }

  /** A new person who belongs to the organization; without a role, to none. */
  async person(orgId: string, role?: MemberRole, permissions: readonly string[] = []): Promise<Person> {
    const userId = newId();
    const email = `${userId}@example.test`;
    await this.sql('insert into app."user" (id, email, name) values ($1, $2, $3)', [userId, email, 'Somebody']);
    if (role !== undefined) {
      const values = [orgId, userId, role, JSON.stringify(permissions)];
      await this.sql('insert into app.organization_user (org_id, user_id, role, permissions) values ($1, $2, $3, $4)', values);
    }
    return { orgId, userId, email };
  }

  /** Does something as a member, as a request of theirs would. */
  async as<T>({ userId, orgId }: Person, work: () => Promise<T>): Promise<T> {
    const [row] = await this.sql<{ role: MemberRole; permissions: string[] }>(
      'select role, permissions from app.organization_user where org_id = $1 and user_id = $2',
      [orgId, userId],
    );
    const scopes = row === undefined ? [] : effectivePermissions(row.role, row.permissions);
    return inContext({ userId, orgId, actorType: 'USER', actorId: userId, role: row?.role ?? null, scopes }, work);
  }

  /** Does something as an API key with these scopes. */
  async asKey<T>(orgId: string, scopes: readonly string[], work: () => Promise<T>): Promise<T> {
    return this.asKeyOf(orgId, await this.key(orgId, scopes), scopes, work);
  }

  /** Does something as this API key, which had these scopes when its request began. */
  asKeyOf<T>(orgId: string, keyId: string, scopes: readonly string[], work: () => Promise<T>): Promise<T> {
    return inContext({ userId: null, orgId, actorType: 'API_KEY', actorId: keyId, role: null, scopes }, work);
  }

  /** Makes an API key of the organization, and answers its id. */
  async key(orgId: string, scopes: readonly string[]): Promise<string> {
    const id = newId();
    const digits = id.replaceAll('-', '');
    const values = [orgId, id, digits, digits.repeat(2), scopes];
    await this.sql(`insert into app.api_key (org_id, id, name, prefix, key_hash, scopes) values ($1, $2, 'A key', $3, $4, $5)`, values);
    return id;
  }

  /** Does something as somebody whose request began with these rights, whatever they are now. */
  asOnce<T>({ userId, orgId }: Person, role: MemberRole, work: () => Promise<T>): Promise<T> {
    return inContext({ userId, orgId, actorType: 'USER', actorId: userId, role, scopes: effectivePermissions(role, []) }, work);
  }

  /** What the audit log says of the organization, oldest first. */
  audit(orgId: string): Promise<{ action: string; subject_id: string; actor_type: string; actor_id: string; changes: unknown }[]> {
    return this.sql('select action, subject_id, actor_type, actor_id, changes from app.audit_log where org_id = $1 order by created_at, id', [orgId]);
  }

  /** Roles of the organization by user. */
  async roles(orgId: string): Promise<Map<string, MemberRole>> {
    const rows = await this.sql<{ user_id: string; role: MemberRole }>('select user_id, role from app.organization_user where org_id = $1', [orgId]);
    return new Map(rows.map(({ user_id, role }) => [user_id, role]));
  }

  /** Past row security: to prepare and to look. */
  sql<R>(text: string, values: unknown[] = []): Promise<R[]> {
    return withAdmin(this.test.urls.admin, async (admin) => (await admin.query(text, values)).rows as R[]);
  }
}

async function inContext<T>(principal: Principal, work: () => Promise<T>): Promise<T> {
  return runWithContext({ requestId: newId() }, async () => {
    currentContext()?.setPrincipal(principal);
    return work();
  });
}
