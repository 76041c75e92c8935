import type { ColumnShape } from './entity-shape.js';

/** Collects the values of a statement and writes the placeholders for them. */
export class StatementValues {
  readonly values: unknown[] = [];

  /** `$n` for a value of `column`, cast where PostgreSQL would not know the type by itself. */
  add(value: unknown, column: ColumnShape): string {
    if (column.isJson) return this.#push(value === null ? null : JSON.stringify(value), column.type);
    return this.#push(value, column.isArray ? `${column.type}[]` : null);
  }

  /** `$n` for a list of values of `column`. */
  addList(values: readonly unknown[], column: ColumnShape): string {
    return this.#push(values, `${column.type}[]`);
  }

  /** `$n` cast to the column's own type; for values that come as text. */
  addText(value: string, column: ColumnShape): string {
    return this.#push(value, column.type);
  }

  #push(value: unknown, cast: string | null): string {
    this.values.push(value);
    return cast === null ? `$${this.values.length}` : `$${this.values.length}::${cast}`;
  }
}

/** The properties of an object with their values. */
export function entriesOf(object: object): [string, unknown][] {
  return Object.entries(object);
}
