import type { NamedOrganization } from './errors.js';

/** How many rows of a table. */
export interface TableRows {
  /** The name without the schema. */
  readonly table: string;
  readonly rows: number;
}

/** How many rows of a table name a user in a column. */
export interface ColumnRows extends TableRows {
  readonly column: string;
}

/** What deleting a user would do. */
export interface RemovalPreview {
  /** Rows that would go with the user, along every cascading reference. Tables without such rows are left out. */
  readonly goes: readonly TableRows[];
  /** Rows that would stay and forget who it was. */
  readonly forgets: readonly ColumnRows[];
  /** Organizations that would be left without an active OWNER. */
  readonly ownerless: readonly NamedOrganization[];
}
