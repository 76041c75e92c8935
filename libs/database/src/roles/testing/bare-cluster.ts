import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { joinEmbeddedServer } from '../../embedded/index.js';
import { ROLE_TABLE } from '../role-table.js';

/** A PostgreSQL of its own without any role of ours: roles are the cluster's, so that tests of them cannot share one. */
export interface BareCluster {
  /** The superuser's URL of `database`. */
  adminUrl(database: string): string;
  /** Says that somebody else will make this database, so that `wipe()` drops it. Returns the name. */
  willBeMade(name: string): string;
  /** A connection to `database` as the superuser, or as `user`; closed by `drop()`. */
  connect(database: string, user?: string, password?: string): Promise<pg.Client>;
  /** Makes an empty database, owned by `owner` or by the superuser. */
  createDatabase(name: string, owner?: string): Promise<void>;
  /** Drops every database made here and every role of the table. */
  wipe(): Promise<void>;
  /** Closes all connections, stops the server and removes its folder. */
  drop(): Promise<void>;
}

const STOP_WITHIN_MS = 20_000;

export async function startBareCluster(): Promise<BareCluster> {
  const home = await mkdtemp(join(tmpdir(), 'plinth-roles-'));
  // As root, PostgreSQL runs as another user, who has to pass through.
  await chmod(home, 0o711);
  const server = await joinEmbeddedServer({ home, durability: 'test', graceMs: 1, database: 'made_by_start' });
  const clients = new Set<pg.Client>();
  const databases = new Set(['made_by_start']);

  const adminUrl = (database: string): string => {
    const url = new URL(server.urls.admin);
    url.pathname = `/${database}`;
    return url.href;
  };
  const connect = async (database: string, user?: string, password?: string): Promise<pg.Client> => {
    const url = new URL(adminUrl(database));
    if (user !== undefined) url.username = user;
    if (password !== undefined) url.password = password;
    const client = new pg.Client({ connectionString: url.href });
    client.on('error', () => undefined);
    await client.connect();
    clients.add(client);
    return client;
  };
  const root = await connect('postgres');
  const endOthers = async (): Promise<void> => {
    const others = [...clients].filter((client) => client !== root);
    others.forEach((client) => clients.delete(client));
    await Promise.all(others.map((client) => client.end()));
  };
  const wipe = async (): Promise<void> => {
    await endOthers();
    for (const name of databases) await root.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`);
    databases.clear();
    for (const { name } of ROLE_TABLE) await root.query(`drop role if exists ${name}`);
  };
  await wipe();
  return {
    adminUrl,
    willBeMade: (name) => {
      databases.add(name);
      return name;
    },
    connect,
    wipe,
    createDatabase: async (name, owner) => {
      await root.query(`create database ${pg.escapeIdentifier(name)}${owner === undefined ? '' : ` owner ${pg.escapeIdentifier(owner)}`}`);
      databases.add(name);
    },
    drop: async () => {
      await endOthers();
      await root.end();
      await server.release();
      const deadline = Date.now() + STOP_WITHIN_MS;
      while (existsSync(join(home, 'postgres', 'postmaster.pid')) && Date.now() < deadline) await pause(20);
      await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    },
  };
}
