import { changeableColumns, tableFactsOf } from '../../entities/declare/table-facts.js';
import { tenancyOf, type TableGrants } from '../../entities/declare/tenancy.js';
import { entities } from '../../entities/index.js';

/** Which columns of a table its entity grants to the tenant role, by command. */
export interface DeclaredColumns {
  select(column: string): boolean;
  insert(column: string): boolean;
  update(column: string): boolean;
}

const NOTHING: TableGrants = {};

/** What the entity of `table` says; a table without an entity grants nothing. */
export function tenancyOfTable(table: string): DeclaredColumns {
  const entity = entities.find((candidate) => tableFactsOf(candidate).table === table);
  const grants = entity === undefined ? NOTHING : tenancyOf(entity).grants.app_tenant;
  const updatable = grants.update === true && entity !== undefined ? changeableColumns(tableFactsOf(entity), true) : grants.update;
  return { select: within(grants.select), insert: within(grants.insert), update: within(updatable) };
}

function within(columns: TableGrants['select']): (column: string) => boolean {
  if (columns === true) return () => true;
  const names = new Set(columns ?? []);
  return (column) => names.has(column);
}
