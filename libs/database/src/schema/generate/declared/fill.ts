import { escapeIdentifier } from 'pg';
import type { FactMap, SchemaFact } from '../../catalogue/fact.js';
import { FillMissingError, GenerateOptionError } from '../errors.js';
import { declared, type DeclaredStep } from './declared-step.js';
import { columnKey, ownName, textOf } from './keys.js';

/** What the rows that exist get in a column that may not be null. */
export interface Fill {
  readonly table: string;
  readonly column: string;
  /** An SQL constant, or an expression over the row's columns. */
  readonly value: string;
}

/** The trigger of `@Immutable()`. */
const REFUSES_UPDATES = 'refuse_update';
const WITHOUT_VALUE = 'Processes that still run the code before cannot insert from here on.';
const ROWS_AT_A_TIME = 5_000;
/** A text in quotes, a number or a truth value, with or without a cast: one value for all rows, known without reading any. */
const CONSTANT = /^('([^']|'')*'|-?\d+(\.\d+)?|true|false)(::[a-z ]+(\(\d+(,\d+)?\))?(\[\])?)?$/i;

/** `note.kind='PLAIN'` of --fill. @throws GenerateOptionError */
export function parseFill(text: string): Fill {
  const [, table, column, value] = /^([^.=\s]+)\.([^.=\s]+)=(.+)$/s.exec(text) ?? [];
  if (table === undefined || column === undefined || value === undefined)
    throw new GenerateOptionError('--fill', text, "say table.column=<SQL>: note.kind='PLAIN'");
  return { table, column, value: value.trim() };
}

/**
 * New columns that may not be null, on tables that have rows perhaps, and columns that may no longer be null.
 * @throws FillMissingError where a new one has neither default nor fill, GenerateOptionError for a fill that nothing needs
 */
export function fillSteps(fills: readonly Fill[], migrations: FactMap, entities: FactMap): DeclaredStep[] {
  const fillOf = (fact: SchemaFact): Fill | undefined => fills.find(({ table, column }) => columnKey(table, column) === fact.key);
  const unfilled = newRequiredColumns(migrations, entities).filter((fact) => fillOf(fact) === undefined && !hasDefault(fact, entities));
  if (unfilled.length > 0) throw new FillMissingError(unfilled.map((fact) => `${fact.table ?? ''}.${ownName(fact)}`));
  return fills.flatMap((fill) => {
    const key = columnKey(fill.table, fill.column);
    const [before, after] = [migrations.get(key), entities.get(key)];
    const flag = `${fill.table}.${fill.column}=${fill.value}`;
    if (after === undefined) throw new GenerateOptionError('--fill', flag, `the entities declare no ${key}`);
    if (after.attributes['notNull'] !== true) throw new GenerateOptionError('--fill', flag, 'the column may be null');
    if (after.parent === undefined || !migrations.has(after.parent)) throw new GenerateOptionError('--fill', flag, 'the table is new and has no rows');
    if (before === undefined) return CONSTANT.test(fill.value) ? constantFill(fill, after) : computedFill(fill, after, migrations);
    if (before.attributes['notNull'] === true) throw new GenerateOptionError('--fill', flag, 'the column holds no null');
    return [filling(fill, migrations)];
  });
}

/** On tables that exist, without identity and without an expression of their own. */
export function newRequiredColumns(migrations: FactMap, entities: FactMap): SchemaFact[] {
  return [...entities.values()].filter(
    ({ kind, key, parent, attributes }) =>
      kind === 'column' &&
      !migrations.has(key) &&
      parent !== undefined &&
      migrations.has(parent) &&
      attributes['notNull'] === true &&
      (attributes['identity'] ?? null) === null &&
      (attributes['generatedExpr'] ?? null) === null,
  );
}

export function hasDefault(column: SchemaFact, facts: FactMap): boolean {
  return [...facts.values()].some(({ kind, parent }) => kind === 'default' && parent === column.key);
}

/** PostgreSQL keeps one value for all old rows in its catalogue: nothing is read or written. */
function constantFill({ table, column, value }: Fill, fact: SchemaFact): DeclaredStep[] {
  const [onTable, name] = [`ALTER TABLE app.${escapeIdentifier(table)}`, escapeIdentifier(column)];
  return [
    declared(`${onTable} ADD COLUMN ${clauseOf(column, fact)} NOT NULL DEFAULT ${value}`, table, [`${onTable} DROP COLUMN ${name}`], {
      undoLoses: `every value of app.${table}.${column}`,
    }),
    declared(`${onTable} ALTER COLUMN ${name} DROP DEFAULT`, table, [], { remark: WITHOUT_VALUE }),
  ];
}

/** Filled in between, and proven under a lock that lets reads and writes go on. */
function computedFill(fill: Fill, fact: SchemaFact, migrations: FactMap): DeclaredStep[] {
  const { table, column } = fill;
  const [onTable, name, check] = [
    `ALTER TABLE app.${escapeIdentifier(table)}`,
    escapeIdentifier(column),
    escapeIdentifier(`${table}_${column}_filled`.slice(0, 63)),
  ];
  const online = { online: true };
  return [
    declared(`${onTable} ADD COLUMN ${clauseOf(column, fact)}`, table, [`${onTable} DROP COLUMN ${name}`], {
      ...online,
      undoLoses: `every value of app.${table}.${column}`,
    }),
    // From here on no new row comes without a value; the old ones follow.
    declared(`${onTable} ADD CONSTRAINT ${check} CHECK (${name} IS NOT NULL) NOT VALID`, table, [], { ...online, remark: WITHOUT_VALUE }),
    filling(fill, migrations),
    declared(`${onTable} VALIDATE CONSTRAINT ${check}`, table, [], { ...online, lock: 'SHARE UPDATE EXCLUSIVE' }),
    declared(`${onTable} ALTER COLUMN ${name} SET NOT NULL`, table, [], online),
    declared(`${onTable} DROP CONSTRAINT ${check}`, table, [], online),
  ];
}

/** Some rows at a time, so that none is locked for long. A row whose value comes out null is left to the check that follows. */
function filling({ table, column, value }: Fill, migrations: FactMap): DeclaredStep {
  if ([...migrations.values()].some((fact) => fact.kind === 'trigger' && fact.table === table && ownName(fact) === REFUSES_UPDATES)) {
    throw new GenerateOptionError(
      '--fill',
      `${table}.${column}=${value}`,
      `the rows of "${table}" never change (@Immutable); give a new column one constant for all of them`,
    );
  }
  const [onTable, name] = [`app.${escapeIdentifier(table)}`, escapeIdentifier(column)];
  const some = `SELECT ctid FROM ${onTable} WHERE ${name} IS NULL AND (${value}) IS NOT NULL LIMIT ${ROWS_AT_A_TIME}`;
  return declared(`UPDATE ${onTable} SET ${name} = ${value} WHERE ctid = ANY (ARRAY(${some}))`, table, [], {
    online: true,
    lock: 'ROW EXCLUSIVE',
    rewrite: true,
    fills: `${table}.${column}`,
  });
}

function clauseOf(column: string, fact: SchemaFact): string {
  const collation = textOf(fact, 'collation');
  return `${escapeIdentifier(column)} ${textOf(fact, 'type')}${collation === '' ? '' : ` COLLATE ${collation}`}`;
}
