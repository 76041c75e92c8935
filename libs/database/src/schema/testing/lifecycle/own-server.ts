import pg from 'pg';
import { joinEmbeddedServer } from '../../../embedded/index.js';
import { makeSpecHome } from '../../../embedded/spec-home.js';
import { runMigrations } from '../../../migrations/run.js';
import { applyDatabaseGrants } from '../../../roles/index.js';
import { withAdmin } from '../../../testing/admin.js';
import { onDatabase } from '../../../testing/cluster.js';
import { LifecycleDatabase } from './lifecycle-database.js';

/** A PostgreSQL of its own: what is done to roles there, no other test meets. */
export interface OwnServer {
  /** A migrated database of its own with rows. */
  open(): Promise<LifecycleDatabase>;
  stop(): Promise<void>;
}

const TEMPLATE = 'lifecycle_template';

/** Starts it, with the roles and a migrated database that others are cloned from. */
export async function startOwnServer(): Promise<OwnServer> {
  const spec = await makeSpecHome();
  const server = await joinEmbeddedServer({ home: spec.home.folder, durability: 'test', graceMs: 1, database: TEMPLATE });
  await runMigrations(server.urls.owner);
  const maintenance = onDatabase(server.urls.admin, 'postgres');
  let made = 0;
  return {
    open: async () => {
      const name = `lifecycle_${(made += 1)}`;
      await withAdmin(maintenance, (admin) => admin.query(`create database ${name} template ${TEMPLATE} owner app_owner`));
      const { login, privileged, queue, owner, admin } = server.urls;
      const urls = { login, privileged, queue, owner: onDatabase(owner, name), admin: onDatabase(admin, name) };
      await withAdmin(urls.admin, (client) => applyDatabaseGrants(client));
      const drop = async (): Promise<void> => {
        await withAdmin(maintenance, (client) => client.query(`drop database ${pg.escapeIdentifier(name)} with (force)`));
      };
      return LifecycleDatabase.open({ urls, drop });
    },
    stop: async () => {
      await server.release();
      await spec.remove();
    },
  };
}
