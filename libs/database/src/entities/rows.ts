/** What every row has, and so how a related row is told from a value. */
interface AnyRow {
  createdAt: Date;
  updatedAt: Date;
}

type RowColumns<E> = { [P in keyof E as NonNullable<E[P]> extends AnyRow ? never : P]: E[P] };

/**
 * The columns of a table as TypeScript sees a row of it: the entity without its relations. Takes the entity or its class.
 * bigint and decimal are strings, timestamptz is a Date, jsonb has the shape the entity gives it.
 */
export type RowOf<T> = T extends abstract new (...args: never[]) => infer E ? RowColumns<E> : RowColumns<T>;
