import type { Catalogue } from '../catalogue/catalogue.js';
import type { LockMode } from '../catalogue/own/own-fact-kind.js';
import type { RepairStep } from '../plan/repair-step.js';
import { newRequiredColumns, hasDefault } from './declared/fill.js';
import { tableKey, textOf } from './declared/keys.js';
import type { Part } from './parts.js';

/** One statement of a migration, with what a reader has to know of it. */
export interface Statement {
  readonly sql: string;
  readonly table: string | null;
  readonly lock: LockMode;
  readonly rewrite: boolean;
  readonly loses: string | null;
  /** A table that a foreign key points at is locked too. */
  readonly alsoLocks: { readonly table: string; readonly lock: LockMode } | null;
  /** The column that it fills, some rows at a time: `note.kind`; null: it changes no rows. */
  readonly fills: string | null;
  /** What a person has to know beside; null: nothing. */
  readonly remark: string | null;
}

const QUIET = { rewrite: false, loses: null, alsoLocks: null, fills: null, remark: null } as const;

/** The statements of `up`, which meet the schema `from`. */
export function upStatements({ declared, planned }: Part, from: Catalogue): Statement[] {
  const ofDeclared = declared.map(({ sql, table, lock, rewrite, fills, remark }): Statement => ({ ...QUIET, sql, table, lock, rewrite, fills, remark }));
  return [...ofDeclared, ...planned.map((step) => fromStep(step, from))];
}

/** The statements of `down`: from what the part made back to what it found, and then the declared steps taken back. */
export function downStatements(part: Part, before: Catalogue, after: Catalogue, plan: (from: Catalogue, to: Catalogue) => readonly RepairStep[]): Statement[] {
  const steps = plan(after, before).map((step) => fromStep(step, after));
  const undone = [...part.declared]
    .reverse()
    .flatMap(({ undo, tableThen, lock, undoLoses }) => undo.map((sql): Statement => ({ ...QUIET, sql, table: tableThen, lock, loses: undoLoses })));
  const returning = newRequiredColumns(after.facts, before.facts).filter((column) => !hasDefault(column, before.facts));
  const remarked = steps.map((step) => {
    const column = returning.find(({ name }) => isAddedBy(step.sql, name));
    return column === undefined
      ? step
      : { ...step, remark: `The values of ${column.name} are gone, and it may not be null: this stops where the table has rows.` };
  });
  return [...remarked.map((step) => (part.transactional ? { ...step, sql: withinTransaction(step.sql) } : step)), ...undone];
}

const DROPS = /^(?:DROP TABLE|ALTER TABLE (?=.* DROP )) ?"app"\."((?:[^"]|"")+)"/;
const FOREIGN_KEY = /\bFOREIGN KEY .* REFERENCES (?:app\.)?"?([^"\s(]+)"?/s;

function fromStep({ sql, table, lock, rewrite, loses, about: [key = ''] }: RepairStep, from: Catalogue): Statement {
  // What is dropped with all that is in it is in use until then.
  const dropped = table === null ? DROPS.exec(sql)?.[1]?.replaceAll('""', '"') : undefined;
  const drops = sql.includes(' DROP CONSTRAINT ');
  const referenced = FOREIGN_KEY.exec(drops ? textOf(from.facts.get(key), 'def') : sql)?.[1];
  const isOther = referenced !== undefined && referenced !== (dropped ?? table) && from.facts.has(tableKey(referenced));
  return {
    sql,
    table: dropped ?? table,
    lock: dropped === undefined ? lock : 'ACCESS EXCLUSIVE',
    rewrite,
    loses,
    alsoLocks: isOther ? { table: referenced, lock: drops ? 'ACCESS EXCLUSIVE' : 'SHARE ROW EXCLUSIVE' } : null,
    fills: null,
    remark: null,
  };
}

/** `name` is `app.table.column`. */
function isAddedBy(sql: string, name: string): boolean {
  const plain = sql.replaceAll('"', '');
  const [schema = '', table = '', ...column] = name.split('.');
  return plain.startsWith(`ALTER TABLE ${schema}.${table} ADD COLUMN ${column.join('.')} `);
}

/** What stands in one transaction cannot be built beside it. */
function withinTransaction(sql: string): string {
  return sql.replace(/^((?:CREATE(?: UNIQUE)?|DROP) INDEX) CONCURRENTLY /, '$1 ');
}
