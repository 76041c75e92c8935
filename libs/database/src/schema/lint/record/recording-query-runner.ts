import type { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { PostgresQueryRunner } from 'typeorm/driver/postgres/PostgresQueryRunner.js';

/**
 * A query runner of TypeORM's that writes down every message, also those that its own methods (createTable, renameColumn …) make, and
 * sends it on: the migration sees real answers. Transaction control that goes through the runner is written down as well.
 */
export class RecordingQueryRunner extends PostgresQueryRunner {
  /** Oldest first. */
  readonly messages: string[] = [];

  /** @param source one that is initialised, of type postgres */
  constructor(source: DataSource) {
    super(source.driver as PostgresDriver, 'master');
  }

  override async query<T>(query: string, parameters?: unknown[], useStructuredResult?: boolean): Promise<T> {
    this.messages.push(query);
    return super.query(query, parameters, useStructuredResult) as Promise<T>;
  }
}
