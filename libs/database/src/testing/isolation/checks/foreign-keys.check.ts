import { newId } from '../../../ids.js';
import type { ForeignKeyFacts, TableFacts } from '../catalogue.js';
import type { Finding, Verdict } from '../findings.js';
import { insertStatement, type PlainRow } from '../rows.js';
import { newRow, type Outcome, type World } from '../world.js';
import { FOREIGN_KEY_VIOLATION, INSUFFICIENT_PRIVILEGE } from '../sql-states.js';
import { describeOutcome, ownEntry, type IsolationCheck } from './check.js';

/** Parents that are not a tenant's: `docs/threat-model.md` says what a key on them can tell. */
const NOT_A_TENANTS = new Set(['user', 'organization', 'permission']);

/** Columns of which a CHECK lets one be set at a time: the others are cleared before the attacked one is set. */
const ALTERNATIVES: Readonly<Record<string, readonly string[]>> = { file_share: ['shared_with_user_id', 'team_id', 'link_token_hash'] };

/** A row of ours that points at another organization's row must fail exactly as one that points at nothing. */
export const foreignKeysCheck: IsolationCheck = {
  name: 'foreign keys',
  async run(world) {
    const findings: Finding[] = [];
    for (const table of world.tables) {
      if (!table.columns.some(({ tenantMay }) => tenantMay.insert)) continue;
      for (const key of table.foreignKeys) {
        if (!NOT_A_TENANTS.has(key.target)) findings.push(await attackKey(world, table, key));
      }
    }
    return findings;
  },
};

async function attackKey(world: World, table: TableFacts, key: ForeignKeyFacts): Promise<Finding> {
  const target = world.tables.find(({ name }) => name === key.target);
  const theirs = world.other.rows.get(key.target) ?? {};
  const foreign = await world.attack(ownEntry(world), ...pointAt(world, table, key, (column) => theirs[column]));
  const nowhere = await world.attack(ownEntry(world), ...pointAt(world, table, key, (column) => randomLike(target, column)));
  return {
    check: 'foreign keys',
    object: table.name,
    attack: `"${key.name}" points at another organization's "${key.target}"`,
    verdict: verdict(foreign, nowhere),
    expected: describeOutcome(nowhere),
    actual: describeOutcome(foreign),
  };
}

function pointAt(world: World, table: TableFacts, key: ForeignKeyFacts, value: (targetColumn: string) => unknown): [string, unknown[]] {
  const row: PlainRow = newRow(table, world.own);
  const alternatives = ALTERNATIVES[table.name] ?? [];
  if (key.columns.some((column) => alternatives.includes(column))) for (const other of alternatives) row[other] = null;
  key.columns.forEach((column, index) => {
    if (column !== 'org_id') row[column] = value(key.targetColumns[index] ?? '');
  });
  const insertable = new Set(table.columns.filter(({ tenantMay }) => tenantMay.insert).map(({ name }) => name));
  const { text, values } = insertStatement(table.name, Object.fromEntries(Object.entries(row).filter(([column]) => insertable.has(column))));
  return [text, values];
}

function randomLike(target: TableFacts | undefined, column: string): unknown {
  const type = target?.columns.find(({ name }) => name === column)?.type;
  return type === 'bigint' ? '9007199254740991' : newId();
}

function verdict(foreign: Outcome, nowhere: Outcome): Verdict {
  if (foreign.kind === 'done') return 'broken';
  if (nowhere.kind === 'done') return 'unknown';
  const same = foreign.sqlState === nowhere.sqlState && foreign.message === nowhere.message;
  if (!same) return 'broken';
  return [FOREIGN_KEY_VIOLATION, INSUFFICIENT_PRIVILEGE].includes(foreign.sqlState) ? 'held' : 'unknown';
}
