import pg from 'pg';
import { withAdmin } from '../admin.js';
import { createOrganization, type TestDatabase } from '../test-database.js';
import { sqlStateOf } from '../../errors.js';
import { readCatalogue, type TableFacts } from './catalogue.js';
import { UNIQUE_VIOLATION } from './sql-states.js';
import { inDependencyOrder, insertRow, makeRow, type OrganizationRows, type PlainRow } from './rows.js';

/** How the attacking connection presents itself before its statement. */
export type Entry =
  | { readonly as: 'tenant'; readonly orgId: string; readonly userId: string }
  | { readonly as: 'nobody' }
  | { readonly as: 'setting'; readonly value: string };

/** What a statement of the attacker led to. */
export type Outcome =
  | { readonly kind: 'done'; readonly count: number; readonly rows: readonly PlainRow[] }
  | { readonly kind: 'refused'; readonly sqlState: string; readonly message: string };

export interface Side {
  readonly orgId: string;
  readonly userId: string;
  readonly rows: OrganizationRows;
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
  const rows = new Map<string, PlainRow>();
  await withAdmin(database.urls.admin, async (admin) => {
    rows.set('user', await one(admin, 'select * from app."user" where id = $1', userId));
    rows.set('organization', await one(admin, 'select * from app.organization where id = $1', orgId));
    rows.set('organization_user', await one(admin, 'select * from app.organization_user where org_id = $1', orgId));
    for (const table of inDependencyOrder(tables)) {
      rows.set(table.name, await insertSame(admin, table, orgId, rows, side));
    }
  });
  return { orgId, userId, rows };
}

/** Both organizations hold the same texts, as two customers may; only where a key over all organizations forbids it they differ. */
async function insertSame(admin: pg.Client, table: TableFacts, orgId: string, rows: OrganizationRows, side: string): Promise<PlainRow> {
  try {
    return await insertRow(admin, table.name, makeRow(table, orgId, rows, 'same'));
  } catch (error) {
    if (sqlStateOf(error) !== UNIQUE_VIOLATION) throw error;
    return insertRow(admin, table.name, makeRow(table, orgId, rows, side));
  }
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
