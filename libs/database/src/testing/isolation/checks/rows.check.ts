import type { TableFacts } from '../catalogue.js';
import type { Finding } from '../findings.js';
import { insertStatement, quote, type PlainRow } from '../rows.js';
import { newRow, type Entry, type Outcome, type Side, type World } from '../world.js';
import { INSUFFICIENT_PRIVILEGE, INVALID_TEXT } from '../sql-states.js';
import { describeOutcome, ownEntry, verdictOfNoRows, verdictOfRefusal, type IsolationCheck } from './check.js';

/** Tables that a tenant reads as a whole on purpose. */
const SHARED_BY_ALL = new Set(['permission']);
const NIL = '00000000-0000-0000-0000-000000000000';

/** Every table × select, insert, update, delete × own, other, no, empty and malformed organization. */
export const rowsCheck: IsolationCheck = {
  name: 'rows',
  async run(world) {
    const findings: Finding[] = [];
    for (const table of world.tables) {
      findings.push(...(await attackOther(world, table)), ...(await attackWithout(world, table)));
      findings.push(await controlOwn(world, table));
    }
    return findings;
  },
};

/** From one organization at the rows of another. */
async function attackOther(world: World, table: TableFacts): Promise<Finding[]> {
  const row = world.other.rows.get(table.name) ?? {};
  const entry = ownEntry(world);
  const found: Finding[] = [];
  const record = (attack: string, outcome: Outcome): void => {
    found.push({ check: 'rows', object: table.name, attack, verdict: verdictOfNoRows(outcome), expected: 'no row', actual: describeOutcome(outcome) });
  };
  if (!SHARED_BY_ALL.has(table.name)) {
    record("select another organization's row by its key", await world.attack(entry, ...selectStatement(table, row)));
    record('select every row that is not ours', await world.attack(entry, ...foreignStatement(world, table)));
  }
  record("update another organization's row", await world.attack(entry, ...updateStatement(table, row)));
  record("delete another organization's row", await world.attack(entry, ...deleteStatement(table, row)));
  found.push(await attackInsert(world, table, entry));
  return found;
}

async function attackInsert(world: World, table: TableFacts, entry: Entry): Promise<Finding> {
  const outcome = await world.attack(entry, ...insertFor(world.other, table));
  const verdict = verdictOfRefusal(outcome, [INSUFFICIENT_PRIVILEGE]);
  return {
    check: 'rows',
    object: table.name,
    attack: 'insert a row for another organization',
    verdict,
    expected: INSUFFICIENT_PRIVILEGE,
    actual: describeOutcome(outcome),
  };
}

/** Without an organization, with an empty one, and with one that is no UUID. */
async function attackWithout(world: World, table: TableFacts): Promise<Finding[]> {
  const row = world.own.rows.get(table.name) ?? {};
  const entries: readonly [string, Entry][] = [
    ['no organization', { as: 'nobody' }],
    ['an empty organization', { as: 'setting', value: '' }],
    ['a malformed organization', { as: 'setting', value: "x' or true --" }],
    ['the nil organization', { as: 'setting', value: NIL }],
  ];
  const found: Finding[] = [];
  for (const [name, entry] of entries) {
    const statements: [string, [string, unknown[]]][] = [
      ['select', [`select 1 from app.${quote(table.name)} limit 1`, []]],
      ['update', updateStatement(table, row)],
      ['delete', deleteStatement(table, row)],
      ['insert', insertFor(world.own, table)],
    ];
    for (const [command, statement] of statements) {
      if (command === 'select' && SHARED_BY_ALL.has(table.name) && entry.as !== 'nobody') continue;
      const outcome = await world.attack(entry, ...statement);
      found.push({
        check: 'rows',
        object: table.name,
        attack: `${command} with ${name}`,
        expected: 'no row',
        actual: describeOutcome(outcome),
        verdict: command === 'insert' ? verdictOfRefusal(outcome, [INSUFFICIENT_PRIVILEGE, INVALID_TEXT]) : verdictOfEmptiness(outcome),
      });
    }
  }
  return found;
}

function verdictOfEmptiness(outcome: Outcome): Finding['verdict'] {
  return outcome.kind === 'refused' && outcome.sqlState === INVALID_TEXT ? 'held' : verdictOfNoRows(outcome);
}

/** The positive control: a table whose own row cannot be read proves nothing about another's. */
async function controlOwn(world: World, table: TableFacts): Promise<Finding> {
  const granted = table.columns.some(({ tenantMay }) => tenantMay.select);
  const outcome = await world.attack(ownEntry(world), ...selectStatement(table, world.own.rows.get(table.name) ?? {}));
  const seen = outcome.kind === 'done' && outcome.count === 1;
  const refused = outcome.kind === 'refused' && outcome.sqlState === INSUFFICIENT_PRIVILEGE;
  return {
    check: 'rows',
    object: table.name,
    attack: granted ? 'read the own row (control)' : 'read a table without a grant',
    verdict: granted ? (seen ? 'held' : 'unknown') : refused ? 'held' : 'broken',
    expected: granted ? '1 row' : INSUFFICIENT_PRIVILEGE,
    actual: describeOutcome(outcome),
  };
}

function byKey(table: TableFacts, row: PlainRow): { where: string; values: unknown[] } {
  const where = table.primaryKey.map((column, index) => `${quote(column)} = $${index + 1}`).join(' and ');
  return { where, values: table.primaryKey.map((column) => row[column]) };
}

function selectStatement(table: TableFacts, row: PlainRow): [string, unknown[]] {
  const { where, values } = byKey(table, row);
  return [`select 1 from app.${quote(table.name)} where ${where}`, values];
}

function foreignStatement(world: World, table: TableFacts): [string, unknown[]] {
  const name = quote(table.name);
  if (table.name === 'organization') return [`select 1 from app.${name} where id <> $1`, [world.own.orgId]];
  if (table.name === 'user') return [`select 1 from app.${name} where id <> all ($1::uuid[])`, [membersOf(world.own)]];
  if (table.columns.some((column) => column.name === 'org_id')) return [`select 1 from app.${name} where org_id is distinct from $1`, [world.own.orgId]];
  return [`select 1 from app.${name}`, []];
}

function membersOf(side: Side): unknown[] {
  return [side.userId, side.spareRows.get('user')?.['id']];
}

function updateStatement(table: TableFacts, row: PlainRow): [string, unknown[]] {
  const column = table.columns.find(({ tenantMay }) => tenantMay.update) ?? table.columns[0];
  const { where, values } = byKey(table, row);
  return [`update app.${quote(table.name)} set ${quote(column?.name ?? '')} = ${quote(column?.name ?? '')} where ${where}`, values];
}

function deleteStatement(table: TableFacts, row: PlainRow): [string, unknown[]] {
  const { where, values } = byKey(table, row);
  return [`delete from app.${quote(table.name)} where ${where}`, values];
}

/** A complete new row of `side`, with only the columns that a tenant may insert, so that the policy is what refuses it. */
function insertFor(side: Side, table: TableFacts): [string, unknown[]] {
  const row = newRow(table, side);
  const insertable = new Set(table.columns.filter(({ tenantMay }) => tenantMay.insert).map(({ name }) => name));
  const usable = insertable.size === 0 ? row : Object.fromEntries(Object.entries(row).filter(([column]) => insertable.has(column)));
  const { text, values } = insertStatement(table.name, usable);
  return [text, values];
}
