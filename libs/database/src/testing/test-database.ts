import { newId } from '../ids.js';
import { openDatabase, type Database } from '../tenancy/database.js';
import { applyDatabaseGrants } from '../roles/index.js';
import { withAdmin } from './admin.js';
import { onDatabase, type ClusterUrls } from './cluster.js';
import { testEnvironment } from './environment.js';
import { testDatabaseName } from './template.js';

let sequence = 0;

/** A database of its own for one test file, cloned from the migrated template. */
export interface TestDatabase {
  readonly name: string;
  readonly urls: ClusterUrls;
  /** The runtime's connections, under the runtime's weak roles; closed by `drop()` at the latest. */
  open(): Promise<Database>;
  /** Ends what `open()` made and drops the database. */
  drop(): Promise<void>;
}

/** The URL of the superuser of the tests' server (its maintenance database). */
export function testAdminUrl(): string {
  return testEnvironment().urls.admin;
}

/** Clones the template; costs some 50 ms. Call it in `beforeAll`, and `drop()` in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { urls, template } = testEnvironment();
  const name = testDatabaseName(++sequence);
  await withAdmin(urls.admin, (admin) => admin.query(`create database ${name} template ${template} owner app_owner`));
  const own: ClusterUrls = {
    login: onDatabase(urls.login, name),
    privileged: onDatabase(urls.privileged, name),
    queue: onDatabase(urls.queue, name),
    owner: onDatabase(urls.owner, name),
    admin: onDatabase(urls.admin, name),
  };
  await withAdmin(own.admin, (client) => applyDatabaseGrants(client));
  return testDatabase(name, own, urls.admin);
}

function testDatabase(name: string, urls: ClusterUrls, maintenanceUrl: string): TestDatabase {
  const opened: Database[] = [];
  return {
    name,
    urls,
    open: async () => {
      const database = await openDatabase({ urls });
      opened.push(database);
      return database;
    },
    drop: async () => {
      await Promise.all(opened.map((database) => database.close()));
      await withAdmin(maintenanceUrl, (admin) => admin.query(`drop database if exists ${name} with (force)`));
    },
  };
}

/** An organization with one OWNER, made past row security: the state a test starts from. */
export interface TestOrganization {
  readonly orgId: string;
  readonly userId: string;
  readonly slug: string;
}

/** Makes an organization and its owner. `slug` must be new in this database; without one a random one is taken. */
export async function createOrganization(database: TestDatabase, options: { slug?: string } = {}): Promise<TestOrganization> {
  const orgId = newId();
  const userId = newId();
  const slug = options.slug ?? `org-${orgId}`;
  await withAdmin(database.urls.admin, async (admin) => {
    await admin.query('begin');
    await admin.query('insert into app."user" (id, email, name) values ($1, $2, $3)', [userId, `${userId}@example.test`, 'Test Owner']);
    await admin.query('insert into app.organization (id, name, slug, created_by) values ($1, $2, $3, $4)', [orgId, `Organization ${slug}`, slug, userId]);
    await admin.query('insert into app.organization_user (org_id, user_id, role) values ($1, $2, $3)', [orgId, userId, 'OWNER']);
    await admin.query('commit');
  });
  return { orgId, userId, slug };
}
