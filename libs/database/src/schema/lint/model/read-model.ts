import type { ClientBase } from 'pg';
import { MODEL_QUERY } from './model.sql.js';
import type { SchemaModel } from './schema-model.js';

/**
 * Reads the schema `app` in one statement. Any role may ask: the catalogue is open to all. TypeORM's journal is left out: it is not of our
 * making.
 */
export async function readModel(client: Pick<ClientBase, 'query'>): Promise<SchemaModel> {
  const { rows } = await client.query<{ model: SchemaModel }>(MODEL_QUERY);
  const [row] = rows;
  if (row === undefined) throw new Error('The catalogue answered no row, which a statement without FROM cannot.');
  return row.model;
}
