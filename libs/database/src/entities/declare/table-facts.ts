import { getMetadataArgsStorage } from 'typeorm';
import { InvalidDeclarationError } from './errors.js';
import { snakeCase } from './names.js';
import type { EntityTarget } from './tenancy.js';

/** What the security generator needs to know of a table, read from the decorators without a connection. */
export interface TableFacts {
  readonly table: string;
  readonly columns: readonly string[];
  readonly primaryKey: readonly string[];
}

/** Columns that the database keeps itself, or that name the row to the outside: nobody updates them. */
const KEPT = ['org_id', 'uid', 'created_at', 'updated_at', 'version'];

/** Table name, columns and primary key of an entity. */
export function tableFactsOf(entity: EntityTarget): TableFacts {
  const storage = getMetadataArgsStorage();
  const table = storage.tables.find((candidate) => candidate.target === entity)?.name;
  if (table === undefined) throw new InvalidDeclarationError(entity.name, 'the class is no @Entity with a name.');
  const columns = storage.columns.filter((column) => column.target === entity);
  const nameOf = (column: (typeof columns)[number]): string => column.options.name ?? snakeCase(column.propertyName);
  return {
    table,
    columns: columns.map(nameOf),
    primaryKey: columns.filter((column) => column.options.primary === true).map(nameOf),
  };
}

/** Who made a row: the principal's own id at the insert. Only an administrator gives it to somebody else. */
const AUTHOR = ['created_by', 'uploaded_by', 'invited_by'];

/** The columns that may change at all; for a tenant, without those that remember who made the row. */
export function changeableColumns(facts: TableFacts, byTenant: boolean): string[] {
  const fixed = [...KEPT, ...facts.primaryKey, ...(byTenant ? AUTHOR : [])];
  return facts.columns.filter((column) => !fixed.includes(column));
}
