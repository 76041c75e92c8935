import type { ClientBase } from 'pg';
import { SCHEMA } from '../../../migrations/journal.js';
import type { Manifest } from '../archive/manifest.js';
import type { JournalRow } from '../migration-state.js';
import { readJournal } from '../migration-state.js';
import { readSequenceNames } from '../sequence-state.js';
import { readTables, type TableShape } from '../table-shape.js';
import { JournalsDifferError, NotTheOwnerError, TablesDifferError } from './errors.js';

/** @throws NotTheOwnerError unless the session's role has the rights of the owner of each table of the archive that exists */
export async function refuseUnlessOwner(client: ClientBase, { tables }: Manifest): Promise<void> {
  const { rows } = await client.query<{ name: string; login: string }>(
    `select c.relname as name, current_user::text as login from pg_class c
     where c.relnamespace = (select oid from pg_namespace where nspname = $1) and c.relname = any ($2) and c.relkind in ('r', 'p')
       and not pg_has_role(c.relowner, 'USAGE') order by 1`,
    [SCHEMA, tables.map(({ name }) => name)],
  );
  const [first] = rows;
  if (first !== undefined) {
    throw new NotTheOwnerError(
      first.login,
      rows.map(({ name }) => name),
    );
  }
}

/**
 * The same migrations, tables, columns and sequences on both sides. @throws JournalsDifferError, TablesDifferError
 */
export async function refuseUnlessItFits(client: ClientBase, manifest: Manifest): Promise<void> {
  const journal = await readJournal(client);
  const toRun = namesOnlyIn(manifest.journal, journal);
  const toRevert = namesOnlyIn(journal, manifest.journal).reverse();
  if (toRun.length + toRevert.length > 0) throw new JournalsDifferError(toRun, toRevert);
  const differences = [...tableDifferences(manifest.tables, await readTables(client)), ...(await sequenceDifferences(client, manifest))];
  if (differences.length > 0) throw new TablesDifferError(differences);
}

function namesOnlyIn(one: readonly JournalRow[], other: readonly JournalRow[]): string[] {
  return one.map(({ name }) => name).filter((name) => !other.some((row) => row.name === name));
}

function tableDifferences(archived: readonly TableShape[], live: readonly TableShape[]): string[] {
  return archived.flatMap((table) => {
    const found = live.find(({ name }) => name === table.name);
    return found === undefined ? [`there is no table "${table.name}"`] : columnDifferences(table, found);
  });
}

function columnDifferences(archived: TableShape, live: TableShape): string[] {
  const lacking = archived.columns.flatMap(({ name, type }) => {
    const found = live.columns.find((column) => column.name === name);
    if (found === undefined) return [`"${archived.name}" has no column "${name}"`];
    return found.type === type ? [] : [`"${archived.name}.${name}" is ${found.type} and was ${type}`];
  });
  const extra = live.columns.filter(({ name }) => !archived.columns.some((column) => column.name === name));
  return [...lacking, ...extra.map(({ name }) => `"${live.name}" has the column "${name}", which was not there`)];
}

async function sequenceDifferences(client: ClientBase, { sequences }: Manifest): Promise<string[]> {
  const live = await readSequenceNames(client);
  return sequences.filter(({ name }) => !live.includes(name)).map(({ name }) => `there is no sequence "${name}"`);
}
