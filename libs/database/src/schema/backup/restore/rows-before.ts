import type { ClientBase } from 'pg';
import { PERMISSIONS } from '../../../seeds/permissions.js';
import { qualified, type TableShape } from '../table-shape.js';
import { TablesNotEmptyError } from './errors.js';

/** A condition on the rows that `db:init` makes in an empty database, and that nobody misses when the archive's take their place. */
interface MadeByInit {
  readonly condition: string;
  readonly values: readonly unknown[];
}

const MADE_BY_INIT: Readonly<Record<string, MadeByInit>> = {
  permission: { condition: 'key = any ($1)', values: [PERMISSIONS.map(({ key }) => key)] },
  schema_ledger: { condition: "kind in ('INITIALIZE', 'MIGRATE')", values: [] },
};

/** How many rows each table held; tables without rows are left out. */
export type RowsBefore = Readonly<Record<string, number>>;

/**
 * Counts what is there. Rows that `db:init` makes do not stand in the way: permissions, and the ledger's entries about the making.
 * @param client a session that sees every row
 * @throws TablesNotEmptyError for any other row unless `replace` is set
 */
export async function refuseUnlessEmpty(client: ClientBase, tables: readonly TableShape[], replace: boolean): Promise<RowsBefore> {
  const all: Record<string, number> = {};
  const foreign: Record<string, number> = {};
  for (const table of tables) {
    const rows = await count(client, table.name);
    if (rows === 0) continue;
    all[table.name] = rows;
    const made = MADE_BY_INIT[table.name];
    const others = rows - (made === undefined ? 0 : await count(client, table.name, made));
    if (others > 0) foreign[table.name] = others;
  }
  if (!replace && Object.keys(foreign).length > 0) throw new TablesNotEmptyError(foreign);
  return all;
}

async function count(client: ClientBase, table: string, only: MadeByInit = { condition: 'true', values: [] }): Promise<number> {
  const { rows } = await client.query<{ count: number }>(`select count(*)::float8 as count from ${qualified(table)} where ${only.condition}`, [...only.values]);
  return rows[0]?.count ?? 0;
}
