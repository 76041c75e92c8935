import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { newId } from '../../../ids.js';
import { withAdmin } from '../../../testing/admin.js';
import { withWorld } from '../../../testing/isolation/world.js';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.js';

/** Types and shapes that no table of ours has: a backup does not choose its tables. */
const ODD_TABLES = `
create table app.odd_values (
  id bigint generated always as identity primary key,
  doubled bigint generated always as (weight * 2) stored,
  weight bigint, bytes bytea, share double precision, amount numeric, span interval, days daterange, at timestamptz, local timestamp, "Mixed ""Case""" text
);
create table app.odd_without_key (note text, place point);
create table app.odd_words (word text collate "en-x-icu" primary key);
create table app.odd_tree (id int primary key, parent int references app.odd_tree);
`;

const ODD_ROWS = `
insert into app.odd_values (weight, bytes, share, amount, span, days, at, local, "Mixed ""Case""") values
  (21, '\\x00ff0a0d5c', 0.1::float8 + 0.2::float8, 'NaN', '1 year -2 mons 3.5 s', '[2026-01-01,infinity)', '-infinity', '2026-03-29 02:30', E'tab\\t line\\n back\\\\slash \\\\N \\\\.'),
  (null, '', 'Infinity', 12345678901234567890.123, null, 'empty', '0044-03-15 12:00:00+00 BC', 'infinity', ''),
  (-1, null, -0.0, 0, '-00:00:01', null, '2026-10-25 00:30:00.123456+00', null, 'NULL');
insert into app.odd_without_key values ('same', '(1,2)'), ('same', '(1,2)'), (null, null), (E'\\n', '(0.1,-0)');
insert into app.odd_words values ('b'), ('B'), ('a'), ('ä');
insert into app.odd_tree values (1, 3), (2, 1), (3, 2);
select nextval('app.job_clock'), setval('app.job_clock', 4711);
`;

const NASTY = 'line\nfeed\r\ttab "quote" \\N \\. \\\\ \u0001 Ünïcödé 漢字 👩‍🚀 \u2028 end';

/** A migrated database, with the odd tables; `rows` puts rows into every table. */
export async function oddDatabase({ rows }: { readonly rows: boolean }): Promise<TestDatabase> {
  const database = await createTestDatabase();
  if (rows) await fill(database);
  await asOwner(database, (owner) => owner.query(ODD_TABLES));
  if (rows) await withAdmin(database.urls.admin, (admin) => admin.query(ODD_ROWS));
  return database;
}

/** Two organizations with rows in every table, circles among them, and values that are hard to write down. */
async function fill(database: TestDatabase): Promise<void> {
  await withWorld(database, async ({ own }) => {
    await withAdmin(database.urls.admin, async (admin) => {
      await admin.query('update app."user" set current_org_id = $1 where id = $2', [own.orgId, own.userId]);
      await admin.query(
        `insert into app.run (org_id, id, agent_name, parent_run_id, initial_prompt, call_stack, created_by)
         select org_id, $2, 'child', id, $3, array[$3, '', 'NULL', 'a,b', '{}'], created_by from app.run where org_id = $1 limit 1`,
        [own.orgId, newId(), NASTY],
      );
      await admin.query(
        'insert into app.api_call (org_id, id, method, route, status_code, duration_ms, request_id, ip) values ($1, $2, $3, $4, 200, 1, $3, $5)',
        [own.orgId, newId(), NASTY.slice(0, 50), NASTY, '2001:db8::1/64'],
      );
      await admin.query('update app.organization set settings = $2, description = $3 where id = $1', [
        own.orgId,
        JSON.stringify({ text: NASTY, nothing: null, deep: [1e20, { 'a"b': [] }] }),
        '',
      ]);
    });
  });
}

/** One session of app_owner on this database. */
export async function asOwner<T>(database: TestDatabase, work: (client: pg.Client) => Promise<T>): Promise<T> {
  return onUrl(database.urls.owner, work);
}

/** One session of any login. */
export async function onUrl<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'plinth-backup-spec' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Every value of every table as JSON that PostgreSQL makes, hashed by table, beside the sequences: made without COPY. */
export async function contentOf(database: TestDatabase, except: readonly string[] = []): Promise<Record<string, string>> {
  return withAdmin(database.urls.admin, async (admin) => {
    const { rows: relations } = await admin.query<{ name: string; kind: string }>(
      `select relname as name, relkind as kind from pg_class where relnamespace = 'app'::regnamespace and relkind in ('r', 'S')
         and relname not in ('migration', 'migration_run', 'migration_id_seq') and relname <> all ($1) order by 1`,
      [except],
    );
    const content: Record<string, string> = {};
    for (const { name, kind } of relations) {
      const line = kind === 'S' ? 'last_value || is_called::text' : 'to_jsonb(t)::text';
      const { rows } = await admin.query<{ line: string }>(`select ${line} as line from app.${pg.escapeIdentifier(name)} t`);
      const lines = rows.map((row) => row.line).sort();
      content[name] = `${rows.length} rows ${createHash('sha256').update(lines.join('\n')).digest('hex')}`;
    }
    return content;
  });
}

/** A folder for archives that PostgreSQL never sees; remove it with the function given back. */
export async function archiveFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'plinth-backup-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
