import type { QueryResult, QueryResultRow } from 'pg';

/** What the boot guards need of a connection: a `pg` client or pool that is logged in as the role to judge. */
export interface Queryable {
  query<Row extends QueryResultRow>(text: string, values?: unknown[]): Promise<QueryResult<Row>>;
}
