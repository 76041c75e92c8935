import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { runMigrations } from '../migrations/run.js';
import { applyDatabaseGrants, bootstrapRoles } from '../roles/index.js';
import { withAdmin } from './admin.js';
import { onDatabase, type ClusterUrls } from './cluster.js';

const TEMPLATE_PREFIX = 'plinth_template_';
const TEST_PREFIX = 'plinth_test_';
const KEPT_TEMPLATES = 4;
/** What a template's content is made from; a change to any of it makes a new template. */
const SOURCES = ['migrations', 'roles'];

/**
 * Makes sure of a migrated database that test databases are cloned from, and answers its name. It is named after a hash
 * of the migrations and roles as they run (`databaseCode` is the folder of this library, compiled or not), so that a run after
 * a change never meets an old one.
 * Safe when several test runs call it at once.
 */
export async function ensureTemplate(urls: ClusterUrls, databaseCode: string): Promise<string> {
  const name = TEMPLATE_PREFIX + hashOf(databaseCode);
  await withAdmin(urls.admin, async (admin) => {
    await admin.query('select pg_advisory_lock(hashtext($1))', [TEMPLATE_PREFIX]);
    await dropOrphans(admin);
    if (await isTemplate(admin, name)) return;
    await buildTemplate(admin, urls, name);
    await dropOldTemplates(admin);
  });
  return name;
}

/** A name for a new test database that carries the process it belongs to. */
export function testDatabaseName(sequence: number): string {
  return `${TEST_PREFIX}${process.pid}_${sequence}_${Date.now().toString(36)}`;
}

function hashOf(databaseCode: string): string {
  const hash = createHash('sha256');
  for (const folder of SOURCES) {
    const files = readdirSync(join(databaseCode, folder), { recursive: true, encoding: 'utf8' }).filter((file) => /(?<!\.spec)\.[jt]s$/.test(file));
    for (const file of files.sort()) hash.update(file).update(readFileSync(join(databaseCode, folder, file)));
  }
  return hash.digest('hex').slice(0, 12);
}

async function isTemplate(admin: pg.Client, name: string): Promise<boolean> {
  const found = await admin.query('select 1 from pg_database where datname = $1 and datistemplate', [name]);
  return found.rowCount === 1;
}

async function buildTemplate(admin: pg.Client, urls: ClusterUrls, name: string): Promise<void> {
  await admin.query(`drop database if exists ${name}`);
  await admin.query(`create database ${name} owner app_owner`);
  await withAdmin(onDatabase(urls.admin, name), async (client) => {
    await bootstrapRoles(client, { database: name });
    await applyDatabaseGrants(client);
  });
  await runMigrations(onDatabase(urls.owner, name));
  await admin.query(`alter database ${name} with is_template true`);
}

async function dropOldTemplates(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query<{ datname: string }>(
    'select datname from pg_database where datname like $1 and datistemplate order by oid desc offset $2',
    [`${TEMPLATE_PREFIX}%`, KEPT_TEMPLATES],
  );
  for (const { datname } of rows) {
    await admin.query(`alter database ${datname} with is_template false`);
    await admin.query(`drop database if exists ${datname} with (force)`);
  }
}

/** Drops the databases of test processes that ended without dropping them. */
async function dropOrphans(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query<{ datname: string }>('select datname from pg_database where datname like $1', [`${TEST_PREFIX}%`]);
  for (const { datname } of rows) {
    const pid = Number(datname.slice(TEST_PREFIX.length).split('_')[0]);
    if (!isAlive(pid)) await admin.query(`drop database if exists ${datname} with (force)`);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
