import { escapeIdentifier } from 'pg';
import type { FactMap } from '../../catalogue/fact.js';
import { GenerateOptionError } from '../errors.js';
import { declared, type DeclaredStep } from './declared-step.js';
import { columnKey, tableKey } from './keys.js';

/** The same thing under another name, as a person said. `table` of a column is the table's new name. */
export type Rename =
  | { readonly kind: 'table'; readonly from: string; readonly to: string }
  | { readonly kind: 'column'; readonly table: string; readonly from: string; readonly to: string };

/** `a=b` of --rename-table. @throws GenerateOptionError */
export function parseTableRename(text: string): Rename {
  const [, from, to] = /^([^.=\s]+)=([^.=\s]+)$/.exec(text) ?? [];
  if (from === undefined || to === undefined) throw new GenerateOptionError('--rename-table', text, 'say old_name=new_name');
  return { kind: 'table', from, to };
}

/** `run.old=run.new` or `run.old=new` of --rename. @throws GenerateOptionError */
export function parseColumnRename(text: string): Rename {
  const [, table, from, toTable, to] = /^([^.=\s]+)\.([^.=\s]+)=(?:([^.=\s]+)\.)?([^.=\s]+)$/.exec(text) ?? [];
  if (table === undefined || from === undefined || to === undefined) throw new GenerateOptionError('--rename', text, 'say table.old_name=table.new_name');
  return { kind: 'column', table: toTable ?? table, from, to };
}

/**
 * The renames as statements. `handmade` are the statements of functions, whose bodies PostgreSQL does not rename in.
 * @param migrations after the tables were renamed, where these are columns
 * @throws GenerateOptionError for one of a thing that is not gone, or to one that is not new
 */
export function renameSteps(renames: readonly Rename[], migrations: FactMap, entities: FactMap, handmade: readonly string[]): DeclaredStep[] {
  return renames.map((rename) => {
    const { option, text, before, after } = wordsOf(rename);
    if (!migrations.has(before)) throw new GenerateOptionError(option, text, `the migrations make no ${before}`);
    if (!entities.has(after)) throw new GenerateOptionError(option, text, `the entities declare no ${after}`);
    if (entities.has(before)) throw new GenerateOptionError(option, text, `the entities still declare ${before}`);
    if (migrations.has(after)) throw new GenerateOptionError(option, text, `the migrations make ${after} already`);
    return { ...statementOf(rename), remark: remarkOn(rename.from, handmade) };
  });
}

function wordsOf(rename: Rename): { option: string; text: string; before: string; after: string } {
  const { kind, from, to } = rename;
  if (kind === 'table') return { option: '--rename-table', text: `${from}=${to}`, before: tableKey(from), after: tableKey(to) };
  const { table } = rename;
  return { option: '--rename', text: `${table}.${from}=${table}.${to}`, before: columnKey(table, from), after: columnKey(table, to) };
}

function statementOf(rename: Rename): DeclaredStep {
  const [from, to] = [escapeIdentifier(rename.from), escapeIdentifier(rename.to)];
  if (rename.kind === 'table')
    return declared(`ALTER TABLE app.${from} RENAME TO ${to}`, rename.from, [`ALTER TABLE app.${to} RENAME TO ${from}`], { tableThen: rename.to });
  const onTable = `ALTER TABLE app.${escapeIdentifier(rename.table)}`;
  return declared(`${onTable} RENAME COLUMN ${from} TO ${to}`, rename.table, [`${onTable} RENAME COLUMN ${to} TO ${from}`]);
}

const FUNCTION_NAME = /^CREATE OR REPLACE (?:FUNCTION|PROCEDURE) ([^(]+)\(/;

function remarkOn(name: string, handmade: readonly string[]): string {
  const word = new RegExp(`\\b${name.replace(/[^A-Za-z0-9_]/g, '\\$&')}\\b`);
  const naming = handmade.filter((statement) => word.test(statement)).flatMap((statement) => FUNCTION_NAME.exec(statement)?.[1] ?? []);
  const bodies = naming.length === 0 ? '' : ` Bodies of functions that say "${name}", perhaps of this: ${[...new Set(naming)].join(', ')}.`;
  return `Processes that still run the code before fail from here on.${bodies}`;
}
