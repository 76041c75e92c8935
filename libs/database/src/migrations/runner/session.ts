import type { ClientBase } from 'pg';
import type { QueryRunner, QueryResult } from 'typeorm';

/** One session of PostgreSQL: what the runner's own statements go through. */
export interface Session {
  /** @throws what PostgreSQL answers */
  rows<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** How many rows the statement touched. @throws what PostgreSQL answers */
  affected(text: string, values?: readonly unknown[]): Promise<number>;
}

/** The session behind a query runner of TypeORM, which the migrations themselves use too. */
export function sessionOfRunner(runner: QueryRunner): Session {
  const send = async (text: string, values: readonly unknown[] = []): Promise<QueryResult> => runner.query(text, [...values], true);
  return {
    async rows<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]> {
      return (await send(text, values)).records as Row[];
    },
    affected: async (text, values) => (await send(text, values)).affected ?? 0,
  };
}

/** The session of a connection of the driver's. */
export function sessionOfClient(client: Pick<ClientBase, 'query'>): Session {
  return {
    async rows<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
      return (await client.query<Row>(text, [...values])).rows;
    },
    affected: async (text, values = []) => (await client.query(text, [...values])).rowCount ?? 0,
  };
}

/** Ends a failed transaction. Where the connection is gone the server has done it already, and the first error is the one to tell. */
export async function rollBack(session: Session): Promise<void> {
  await session.rows('rollback').catch(() => undefined);
}
