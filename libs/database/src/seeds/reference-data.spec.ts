import { newId } from '../ids.js';
import { createOrganization, createTestDatabase, type TestDatabase } from '../testing/test-database.js';
import type { Database } from '../tenancy/database.js';
import { BUILT_IN_ROLES, createBuiltInRoles } from './built-in-roles.js';
import { PERMISSIONS } from './permissions.js';
import { seedReferenceData, type SeedReport } from './reference-data.js';

const USE = { reason: 'seed reference data', actor: 'test' };

describe('seeding', () => {
  let testDatabase: TestDatabase;
  let database: Database;

  beforeEach(async () => {
    testDatabase = await createTestDatabase();
    database = await testDatabase.open();
  });

  afterEach(() => testDatabase.drop());

  const seed = (): Promise<SeedReport> => database.unrestricted.run(USE, seedReferenceData);

  it('adds permissions and the roles of every organization, and a second time nothing', async () => {
    await createOrganization(testDatabase);
    await createOrganization(testDatabase);
    const roles = BUILT_IN_ROLES.length * 2;
    expect(await seed()).toEqual({ permissions: PERMISSIONS.length, roles });
    expect(await seed()).toEqual({ permissions: 0, roles: 0 });
  });

  it('gives each role what the code says, the stronger ones what the weaker ones have', async () => {
    const { orgId } = await createOrganization(testDatabase);
    await seed();
    const rows = await database.tenant(orgId).query<{ name: string; keys: string[] }>(
      `select r.name, array_agg(p.key order by p.key) as keys from app.role r
       join app.role_permission rp on rp.org_id = r.org_id and rp.role_id = r.id join app.permission p on p.id = rp.permission_id
       where r.org_id = :orgId group by r.name`,
    );
    const found = new Map(rows.map(({ name, keys }) => [name, keys]));
    for (const role of BUILT_IN_ROLES) expect(found.get(role.name)).toEqual([...role.permissions].sort());
    expect(found.get('Owner')).toHaveLength(PERMISSIONS.length);
    expect(BUILT_IN_ROLES.map(({ permissions }) => permissions.length)).toEqual(
      [...BUILT_IN_ROLES.map(({ permissions }) => permissions.length)].sort((a, b) => b - a),
    );
  });

  it('brings a new permission to existing built-in roles, and leaves alone what an organization took away', async () => {
    const { orgId } = await createOrganization(testDatabase);
    await seed();
    await database.unrestricted.run(USE, async (sql) => {
      await sql.execute(`delete from app.role_permission rp using app.permission p where p.id = rp.permission_id and p.key = 'run:cancel'`);
      await sql.execute(`delete from app.permission where key = 'run:create'`);
    });
    expect(await seed()).toEqual({ permissions: 1, roles: 0 });
    const count = async (key: string): Promise<number> => {
      const rows = await database
        .tenant(orgId)
        .query('select rp.role_id from app.role_permission rp join app.permission p on p.id = rp.permission_id where rp.org_id = :orgId and p.key = :key', {
          key,
        });
      return rows.length;
    };
    expect([await count('run:create'), await count('run:cancel')]).toEqual([3, 0]);
  });

  it('follows the code in the wording of a permission', async () => {
    await seed();
    await database.unrestricted.run(USE, (sql) => sql.execute(`update app.permission set description = 'old' where key = 'run:create'`));
    await seed();
    const rows = await database.unrestricted.run(USE, (sql) =>
      sql.query<{ description: string }>(`select description from app.permission where key = 'run:create'`),
    );
    expect(rows).toEqual([{ description: 'Start runs' }]);
  });

  it('lets registration make the roles of a new organization, as the sign-in role', async () => {
    await seed();
    const [userId, orgId] = [newId(), newId()];
    const made = await database.auth.run(async (sql) => {
      await sql.execute('insert into app."user" (id, email, name) values (:userId, :email, :name)', { userId, email: `${userId}@example.test`, name: 'New' });
      await sql.execute('insert into app.organization (id, name, slug, created_by) values (:orgId, :name, :slug, :userId)', {
        orgId,
        name: 'New',
        slug: orgId,
        userId,
      });
      await sql.execute(`insert into app.organization_user (org_id, user_id, role) values (:orgId, :userId, 'OWNER')`, { orgId, userId });
      return createBuiltInRoles(sql, orgId);
    }, userId);
    expect(made).toBe(BUILT_IN_ROLES.length);
    expect(await seed()).toEqual({ permissions: 0, roles: 0 });
  });
});
