import { Client, type ClientConfig } from 'pg';
import { DataSource, TypeORMError, type Migration } from 'typeorm';
import { connectionOptions, directUrl } from '../config/connection-url.js';
import type { TlsSettings } from '../config/tls.js';
import { DatabaseUnavailableError } from '../config/unreachable.js';
import { createOwnerDataSourceOptions } from '../data-source-options.js';
import { PlinthError } from '../errors.js';
import { migrationsApplicationName } from './migration-lock.js';
import { MigrationRunner } from './runner/migration-runner.js';
import type { RunnerOptions } from './runner/options.js';
import { PLINTH, type MigrationTarget } from './target.js';

export interface MigrationSettings extends RunnerOptions {
  readonly tls?: TlsSettings;
  /** Host, port and database past a pooler (DATABASE_DIRECT_URL): the lock and the migrations need a session. */
  readonly directUrl?: string;
  /** Whose migrations; by default those of this schema. */
  readonly target?: MigrationTarget;
}

/**
 * A DataSource whose migrations run and revert by our runner, one process at a time, whoever calls them: a service, a test or TypeORM's
 * own CLI. Its `--transaction` means nothing here: each migration is one transaction, unless it declares `transaction = false` itself.
 */
export class MigrationDataSource extends DataSource {
  readonly #session: ClientConfig;
  readonly #target: MigrationTarget;
  readonly #options: RunnerOptions;

  /** @throws InvalidSettingError when a URL cannot be used. */
  constructor(ownerUrl: string, { tls = {}, directUrl: direct, target = PLINTH, ...options }: MigrationSettings = {}) {
    const url = directUrl(ownerUrl, direct);
    super({ ...createOwnerDataSourceOptions(url, tls, target), applicationName: migrationsApplicationName() });
    this.#session = { ...connectionOptions(url, tls), application_name: migrationsApplicationName() };
    this.#target = target;
    this.#options = options;
  }

  /** What the runner knows and does, for the commands. */
  get runner(): MigrationRunner {
    return new MigrationRunner(this, this.#target, this.#session, this.#options);
  }

  /** Opens a connection and closes it again. @throws DatabaseUnavailableError that names the variable and the next step */
  async probe(): Promise<void> {
    const client = new Client(this.#session);
    try {
      await client.connect();
    } catch (error) {
      throw new DatabaseUnavailableError(this.#target.variable, this.#session, error);
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /** @throws DatabaseUnavailableError that names the variable and the next step */
  override async initialize(): Promise<this> {
    try {
      return await super.initialize();
    } catch (error) {
      // What TypeORM or we ourselves refuse is about entities, not about the server.
      if (error instanceof PlinthError || error instanceof TypeORMError) throw error;
      throw new DatabaseUnavailableError(this.#target.variable, this.#session, error);
    }
  }

  /** @throws what MigrationRunner.run throws */
  override runMigrations(options?: Parameters<DataSource['runMigrations']>[0]): Promise<Migration[]> {
    return this.runner.run({ fake: options?.fake ?? false });
  }

  /** @throws what MigrationRunner.undo throws */
  override async undoLastMigration(options?: Parameters<DataSource['undoLastMigration']>[0]): Promise<void> {
    await this.runner.undo({ fake: options?.fake ?? false });
  }
}
