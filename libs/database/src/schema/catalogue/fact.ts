/** A value of the catalogue, as it is compared: texts as PostgreSQL prints them, never oids. */
export type FactValue = string | number | boolean | null | readonly FactValue[] | { readonly [name: string]: FactValue };

/** One thing that a catalogue holds: a table, a column, a default, a constraint, a policy, the grants of one role on one object … */
export interface SchemaFact {
  /** What it is, the same in every database: `column:app.run.status`. */
  readonly key: string;
  readonly kind: string;
  /** As people read it: `app.run.status`. */
  readonly name: string;
  /** The table it belongs to, without schema. */
  readonly table?: string;
  /** The key of what it belongs to: a column's table, a default's column. */
  readonly parent?: string;
  readonly attributes: Readonly<Record<string, FactValue>>;
}

/** The facts of one database by their key. */
export type FactMap = ReadonlyMap<string, SchemaFact>;
