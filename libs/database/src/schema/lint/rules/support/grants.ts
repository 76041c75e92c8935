import type { GrantModel } from '../../model/schema-model.js';
import type { Schema } from '../rule.js';

/** A grant with the object it is on: `table note`, `schema app`. */
export interface GrantOn {
  readonly grant: GrantModel;
  readonly object: string;
  readonly table?: string;
}

/** Every grant on the schema, its tables, views and sequences, without those that an owner has on his own. */
export function allGrants({ model }: Schema): GrantOn[] {
  return [
    ...model.schemaGrants.map((grant) => ({ grant, object: 'schema app' })),
    ...model.tables.flatMap(({ name, grants }) => grants.map((grant) => ({ grant, object: `table ${name}`, table: name }))),
    ...model.views.flatMap(({ name, grants }) => grants.map((grant) => ({ grant, object: `view ${name}` }))),
    ...model.sequences.flatMap(({ name, grants }) => grants.map((grant) => ({ grant, object: `sequence ${name}` }))),
  ];
}
