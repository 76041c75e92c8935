import type { DataSource, MigrationInterface } from 'typeorm';
import { MigrationNotRecordedError } from '../errors.js';
import { RecordingQueryRunner } from './recording-query-runner.js';

export type MigrationClass = new () => MigrationInterface & { readonly name?: string; readonly transaction?: boolean };

export type Direction = 'up' | 'down';

/** The name under which the journal keeps a migration. */
export function nameOf(migration: MigrationClass): string {
  return new migration().name ?? migration.name;
}

/**
 * Runs one direction of a migration on `source`, for good, and answers every message that it sent, in order: inside one transaction,
 * unless the migration says `transaction = false`. The journal is not written.
 * @throws MigrationNotRecordedError with what PostgreSQL said; a transactional migration has then changed nothing
 */
export async function recordMigration(source: DataSource, migration: MigrationClass, direction: Direction): Promise<readonly string[]> {
  const instance = new migration();
  const transactional = instance.transaction !== false;
  const runner = new RecordingQueryRunner(source);
  try {
    await runner.connect();
    if (transactional) await runner.startTransaction();
    runner.messages.length = 0;
    await instance[direction](runner);
    const messages = [...runner.messages];
    if (transactional) await runner.commitTransaction();
    return messages;
  } catch (error) {
    const last = runner.messages.at(-1);
    if (runner.isTransactionActive) await runner.rollbackTransaction();
    throw new MigrationNotRecordedError(nameOf(migration), direction, last, error);
  } finally {
    await runner.release();
  }
}
