/** A row as PostgreSQL gives it: column names as keys, values parsed by type (int8 and numeric as text, timestamptz as Date, jsonb parsed). */
export type Row = Record<string, unknown>;

/**
 * Values for the named parameters of a statement. `:name` in the text takes `parameters.name`; `::cast` is not a parameter.
 * On a tenant's connection `:orgId` is filled in and may not be passed.
 */
export type SqlParameters = Readonly<Record<string, unknown>>;

/** Anything that runs single SQL statements. Which rows it reaches is the business of the connection behind it. */
export interface Sql {
  /**
   * Runs one statement and returns its rows.
   * @throws StatementRefusedError, StatementParameterError before anything is sent; what PostgreSQL answers otherwise.
   */
  query<R extends object = Row>(text: string, parameters?: SqlParameters): Promise<R[]>;
  /** Runs one statement and returns the number of rows it affected. @throws as `query`. */
  execute(text: string, parameters?: SqlParameters): Promise<number>;
}

/** A connection that can also run several statements atomically. */
export interface TransactionalSql extends Sql {
  /** Runs `work` in one transaction: commits when it resolves, rolls back when it rejects. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
}
