import pg from 'pg';
import { withAdmin } from '../admin.js';
import { createOrganization, type TestDatabase } from '../test-database.js';
import { sqlStateOf } from '../../errors.js';
import { newId } from '../../ids.js';
import { readCatalogue, type TableFacts } from './catalogue.js';
import { inDependencyOrder, insertRow, isOnePerParent, makeRow, type OrganizationRows, type PlainRow } from './rows.js';

/** How the attacking connection presents itself before its statement. */
export type Entry =
  { readonly as: 'tenant'; readonly orgId: string; readonly userId: string } | { readonly as: 'nobody' } | { readonly as: 'setting'; readonly value: string };

/** What a statement of the attacker led to. */
export type Outcome =
  | { readonly kind: 'done'; readonly count: number; readonly rows: readonly PlainRow[] }
  | { readonly kind: 'refused'; readonly sqlState: string; readonly message: string };

/** One organization: a row of each table, and a second one that new rows may point at (none of a table that has one row a parent at most). */
export interface Side {
  readonly orgId: string;
  readonly userId: string;
  readonly rows: OrganizationRows;
  readonly spareRows: OrganizationRows;
}

/** A complete row of `side` that is not in the database yet and collides with none that is. */
export function newRow(table: TableFacts, side: Side): PlainRow {
  return makeRow(table, side.orgId, [side.spareRows, side.rows], 'new');
}

/** Two organizations with one row in each table, and the weak login that tries to get from one to the other. */
export interface World {
  readonly database: TestDatabase;
  readonly tables: readonly TableFacts[];
  readonly own: Side;
  readonly other: Side;
  /** Runs one statement as the service's login would, in a transaction that is always rolled back. */
  attack(entry: Entry, text: string, values?: readonly unknown[]): Promise<Outcome>;
}

/** Fills `database` with two organizations and hands `work` the world; closes its connections afterwards. */
export async function withWorld<T>(database: TestDatabase, work: (world: World) => Promise<T>): Promise<T> {
  const tables = await withAdmin(database.urls.admin, (admin) => readCatalogue(admin));
  const own = await populate(database, tables, 'own');
  const other = await populate(database, tables, 'other');
  const client = new pg.Client({ connectionString: database.urls.login, application_name: 'plinth-isolation-prover' });
  await client.connect();
  try {
    return await work({ database, tables, own, other, attack: (entry, text, values = []) => attack(client, entry, text, values) });
  } finally {
    await client.end();
  }
}

async function populate(database: TestDatabase, tables: readonly TableFacts[], side: string): Promise<Side> {
  const { orgId, userId } = await createOrganization(database, {});
  return withAdmin(database.urls.admin, async (admin) => {
    const rows = await fill(admin, tables, orgId, userId, side);
    const spareUserId = newId();
    await admin.query('insert into app."user" (id, email, name) values ($1, $2, $3)', [spareUserId, `${spareUserId}@example.test`, 'Spare']);
    await admin.query('insert into app.organization_user (org_id, user_id, role) values ($1, $2, $3)', [orgId, spareUserId, 'VIEWER']);
    const parents = tables.filter((table) => !isOnePerParent(table, tables));
    return { orgId, userId, rows, spareRows: await fill(admin, parents, orgId, spareUserId, `${side}-spare`) };
  });
}

/** One row of each table for one user of an organization. */
async function fill(admin: pg.Client, tables: readonly TableFacts[], orgId: string, userId: string, suffix: string): Promise<OrganizationRows> {
  const rows = new Map<string, PlainRow>();
  rows.set('user', await one(admin, 'select * from app."user" where id = $1', userId));
  rows.set('organization', await one(admin, 'select * from app.organization where id = $1', orgId));
  rows.set('organization_user', await one(admin, 'select * from app.organization_user where user_id = $1', userId));
  for (const table of inDependencyOrder(tables)) {
    rows.set(table.name, await insertRow(admin, table.name, makeRow(table, orgId, [rows], suffix)));
  }
  return rows;
}

async function one(admin: pg.Client, text: string, value: string): Promise<PlainRow> {
  const { rows } = await admin.query<PlainRow>(text, [value]);
  return rows[0] ?? {};
}

async function attack(client: pg.Client, entry: Entry, text: string, values: readonly unknown[]): Promise<Outcome> {
  await client.query('begin');
  try {
    await enter(client, entry);
    const result = await client.query<PlainRow>(text, [...values]);
    return { kind: 'done', count: result.rowCount ?? 0, rows: result.rows };
  } catch (error) {
    const sqlState = sqlStateOf(error);
    if (sqlState === undefined || !(error instanceof Error)) throw error;
    return { kind: 'refused', sqlState, message: error.message };
  } finally {
    await client.query('rollback');
  }
}

async function enter(client: pg.Client, entry: Entry): Promise<void> {
  if (entry.as === 'nobody') return;
  if (entry.as === 'setting') {
    await client.query(`set local app.current_org_id = ${pg.escapeLiteral(entry.value)}`);
    await client.query('set local role app_tenant');
    return;
  }
  await client.query('select app.enter_tenant($1, $2, $3, $4, $5, $6, $7)', [entry.orgId, 'USER', entry.userId, 'isolation-prover', 10_000, 5_000, 10_000]);
}
