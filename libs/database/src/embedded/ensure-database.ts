import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Client } from 'pg';
import type { EmbeddedHome } from './home.js';
import { writePrivately, type EmbeddedSecrets } from './secrets.js';

/** Held while roles and databases are made; "plinth" as a number, so that it meets nobody else's. */
const BOOTSTRAP_LOCK = 0x706c_696e;

/** Which databases have been prepared, and by which version of the code that does it. */
interface BootstrapMark {
  readonly version: string;
  readonly databases: readonly string[];
}

/**
 * Makes the roles and the database where the mark does not say that this version of the code has done so already. Two processes
 * at once: one works, the other waits and finds it done. With the mark in place it opens no connection.
 */
export async function ensureDatabase(
  home: EmbeddedHome,
  adminUrl: string,
  database: string,
  secrets: EmbeddedSecrets,
  progress: (text: string) => void = () => undefined,
): Promise<void> {
  const version = bootstrapVersion();
  if (isMarked(await readMark(home), version, database)) return;
  // Loaded here only: a join that finds everything done needs neither.
  const { default: pg } = await import('pg');
  const { bootstrapRoles } = await import('../roles/index.js');
  await withClient(new pg.Client({ connectionString: adminUrl }), async (server) => {
    await untilLocked(server);
    const mark = await readMark(home);
    if (isMarked(mark, version, database)) return;
    progress(`Making the roles and the database "${database}"`);
    const found = await server.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (found.rowCount === 0) await server.query(`CREATE DATABASE ${server.escapeIdentifier(database)}`);
    await withClient(new pg.Client({ connectionString: onDatabase(adminUrl, database) }), async (client) => {
      const { plinth_admin: _superuser, ...passwords } = secrets.passwords;
      await bootstrapRoles(client, { database, passwords });
    });
    const others = mark?.version === version ? mark.databases : [];
    await writePrivately(home.bootstrapFile, `${JSON.stringify({ version, databases: [...others, database] } satisfies BootstrapMark)}\n`);
  });
}

async function withClient(client: Client, work: (client: Client) => Promise<void>): Promise<void> {
  // A server that goes away between two statements reports it here; the next statement then fails by itself.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** Polls instead of waiting inside PostgreSQL, where a waiter holds a snapshot that others may wait for. The lock ends with the session. */
async function untilLocked(client: Client): Promise<void> {
  for (;;) {
    const answer = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [BOOTSTRAP_LOCK]);
    if (answer.rows[0]?.taken) return;
    await pause(20);
  }
}

function onDatabase(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(database)}`;
  return other.href;
}

/** Changes whenever a file of the roles changes, so that an existing installation gets what a newer checkout grants. */
function bootstrapVersion(): string {
  const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'roles');
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) {
    if (/^(?!.*\.spec\.).*\.[jt]s$/.test(name)) hash.update(readFileSync(join(folder, name)));
  }
  return hash.digest('hex').slice(0, 16);
}

function isMarked(mark: BootstrapMark | undefined, version: string, database: string): boolean {
  return mark?.version === version && mark.databases.includes(database);
}

async function readMark(home: EmbeddedHome): Promise<BootstrapMark | undefined> {
  const text = await readFile(home.bootstrapFile, 'utf8').catch(() => undefined);
  try {
    return text === undefined ? undefined : (JSON.parse(text) as BootstrapMark);
  } catch {
    return undefined;
  }
}
