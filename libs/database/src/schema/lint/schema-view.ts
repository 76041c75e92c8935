import { entities } from '../../entities/index.js';
import { tableFactsOf } from '../../entities/declare/table-facts.js';
import { tenancyOf, type TenancyClass } from '../../entities/declare/tenancy.js';
import type { SchemaModel } from './model/schema-model.js';
import type { Schema } from './rules/rule.js';

/** Table name → tenancy class, as the entities declare it. */
export function declaredClasses(): ReadonlyMap<string, TenancyClass> {
  return new Map(entities.map((entity) => [tableFactsOf(entity).table, tenancyOf(entity).tenancyClass]));
}

/** The catalogue as the rules see it: a table without an entity is class T where it has a column org_id. */
export function schemaView(model: SchemaModel, classes: ReadonlyMap<string, TenancyClass> = declaredClasses()): Schema {
  const columns = new Map(model.tables.map((table) => [table.name, table.columns]));
  const classOf = (table: string): TenancyClass | undefined =>
    classes.get(table) ?? (columns.get(table)?.some(({ name }) => name === 'org_id') === true ? 'T' : undefined);
  return { model, classOf, tenantTables: model.tables.filter(({ name }) => classOf(name) === 'T') };
}
