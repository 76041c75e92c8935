import type { ClientBase, QueryResult } from 'pg';
import { MODEL_QUERY } from './model.sql.js';
import type { SchemaModel } from './schema-model.js';

interface ModelRow {
  readonly model: SchemaModel;
}
type Answer = QueryResult<ModelRow>;

/**
 * Reads the schema `app` in one message. Any role may ask: the catalogue is open to all. The search path is emptied for it (and stays so
 * until the end of a transaction that is under way), since PostgreSQL leaves out the schema of a name that the path finds. TypeORM's
 * journal is left out: it is not of our making.
 */
export async function readModel(client: Pick<ClientBase, 'query'>): Promise<SchemaModel> {
  // Two statements in one message are one transaction, and two results, which the types of pg do not say.
  const results = (await client.query<ModelRow>(`set local search_path to pg_catalog; ${MODEL_QUERY}`)) as Answer | Answer[];
  const row = Array.isArray(results) ? results.at(-1)?.rows[0] : undefined;
  if (row === undefined) throw new Error('The catalogue answered no row, which a statement without FROM cannot.');
  return row.model;
}
