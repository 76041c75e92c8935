/** The class of an entity. */
export type EntityClass<E extends object> = new () => E;

/** What every row has, and so how a related row is told from a value. */
interface AnyRow {
  createdAt: Date;
  updatedAt: Date;
}

/** The properties of an entity that are columns: no relations, no methods. */
export type PropertyOf<E> = Extract<
  { [K in keyof E]-?: NonNullable<E[K]> extends AnyRow | readonly AnyRow[] | ((...args: never[]) => unknown) ? never : K }[keyof E],
  string
>;

type Element<T> = T extends readonly (infer U)[] ? U : never;

/** Comparisons other than equality; several on one property must all hold. */
export interface Comparison<T> {
  readonly gt?: NonNullable<T>;
  readonly gte?: NonNullable<T>;
  readonly lt?: NonNullable<T>;
  readonly lte?: NonNullable<T>;
  /** Not equal; `ne: null` is IS NOT NULL. */
  readonly ne?: T | null;
  /** One of these. */
  readonly in?: readonly NonNullable<T>[];
  /** For arrays: holds all of these. */
  readonly contains?: readonly Element<NonNullable<T>>[];
  readonly isNull?: boolean;
}

/** What rows to take: a value means equality, null IS NULL, an array "one of these" (on an array column: equality), all joined by AND. */
export type Where<E> = {
  readonly [K in PropertyOf<E>]?: E[K] | null | (NonNullable<E[K]> extends readonly unknown[] ? never : readonly NonNullable<E[K]>[]) | Comparison<E[K]>;
};

export type Direction = 'asc' | 'desc';

/** Columns to sort by, first one first. Nulls sort as PostgreSQL does: last ascending, first descending. */
export type Order<E> = { readonly [K in PropertyOf<E>]?: Direction };

/** Values to insert; what is left out takes the column's default. */
export type InsertValues<E> = { readonly [K in PropertyOf<E>]?: E[K] | null };

/** Values to set. */
export type UpdateValues<E> = InsertValues<E>;

export interface FindOptions<E, K extends PropertyOf<E> = PropertyOf<E>> {
  readonly where?: Where<E>;
  readonly order?: Order<E>;
  /** At most this many rows; without it all. */
  readonly limit?: number;
  /** Only these properties. */
  readonly select?: readonly K[];
}

export interface PageOptions<E> {
  readonly where?: Where<E>;
  readonly order?: Order<E>;
  /** Rows of a page, 1 to 1000. */
  readonly limit: number;
  /** `nextCursor` of the page before. */
  readonly cursor?: string | null;
}

export interface Page<E> {
  readonly items: E[];
  /** Opaque; null on the last page. */
  readonly nextCursor: string | null;
}

/** Says that every row is meant, where an empty `where` would otherwise be refused. */
export interface AllRows {
  readonly all: true;
}

export interface UpsertOptions<E> {
  /** The properties of the unique key, without the organization. */
  readonly conflict: readonly PropertyOf<E>[];
  /** What to overwrite; by default everything given but the key and the ids. An empty list leaves the row as it is. */
  readonly update?: readonly PropertyOf<E>[];
}
