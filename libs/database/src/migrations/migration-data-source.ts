import { Client } from 'pg';
import { DataSource, TypeORMError, type Migration } from 'typeorm';
import { connectionOptions, directUrl } from '../config/connection-url.js';
import type { TlsSettings } from '../config/tls.js';
import { DatabaseUnavailableError } from '../config/unreachable.js';
import { createOwnerDataSourceOptions } from '../data-source-options.js';
import { PlinthError } from '../errors.js';
import { withMigrationLock, type LockOptions } from './migration-lock.js';

export interface MigrationSettings extends LockOptions {
  readonly tls?: TlsSettings;
  /** Host, port and database past a pooler (DATABASE_DIRECT_URL): the lock and the migrations need a session. */
  readonly directUrl?: string;
}

/** A DataSource whose migrations run and revert one process at a time, whoever calls them: a service, a test or TypeORM's own CLI. */
export class MigrationDataSource extends DataSource {
  readonly #session: ReturnType<typeof connectionOptions>;
  readonly #lock: LockOptions;

  /** @throws InvalidSettingError when a URL cannot be used. */
  constructor(ownerUrl: string, { tls = {}, directUrl: direct, ...lock }: MigrationSettings = {}) {
    const url = directUrl(ownerUrl, direct);
    super(createOwnerDataSourceOptions(url, tls));
    this.#session = connectionOptions(url, tls);
    this.#lock = lock;
  }

  /** Opens a connection and closes it again. @throws DatabaseUnavailableError that names DATABASE_OWNER_URL and the next step */
  async probe(): Promise<void> {
    const client = new Client(this.#session);
    try {
      await client.connect();
    } catch (error) {
      throw new DatabaseUnavailableError('DATABASE_OWNER_URL', this.#session, error);
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /** @throws DatabaseUnavailableError that names DATABASE_OWNER_URL and the next step */
  override async initialize(): Promise<this> {
    try {
      return await super.initialize();
    } catch (error) {
      // What TypeORM or we ourselves refuse is about entities, not about the server.
      if (error instanceof PlinthError || error instanceof TypeORMError) throw error;
      throw new DatabaseUnavailableError('DATABASE_OWNER_URL', this.#session, error);
    }
  }

  override runMigrations(options?: Parameters<DataSource['runMigrations']>[0]): Promise<Migration[]> {
    return withMigrationLock(this.#session, () => super.runMigrations(options), this.#lock);
  }

  override undoLastMigration(options?: Parameters<DataSource['undoLastMigration']>[0]): Promise<void> {
    return withMigrationLock(this.#session, () => super.undoLastMigration(options), this.#lock);
  }
}
