import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AgentRepository, createLogger, EncryptionConfig, GitAgent, GitConfig, loadConfig, type Database, type TenantConnection } from '#database';
import { createOrganization, createTestDatabase, type TestDatabase } from '#database/testing';
import type { NetworkOptions } from '../../src/sync/open-mirror.js';
import { RepositorySyncService, type SyncOutcome, type SyncWork } from '../../src/sync/repository-sync.service.js';

/** A database, a mirror cache and the sync service, for one spec file. */
export class SyncWorld {
  private constructor(
    readonly testDatabase: TestDatabase,
    readonly database: Database,
    readonly cache: string,
  ) {}

  static async open(): Promise<SyncWorld> {
    const testDatabase = await createTestDatabase();
    return new SyncWorld(testDatabase, await testDatabase.open(), await mkdtemp(join(tmpdir(), 'plinth-mirrors-')));
  }

  async close(): Promise<void> {
    await this.testDatabase.drop();
    await rm(this.cache, { recursive: true, force: true });
  }

  /** A new organization and its own connection. */
  async organization(): Promise<TenantConnection> {
    return this.database.tenant((await createOrganization(this.testDatabase)).orgId, { actorType: 'WORKER' });
  }

  config(changes: Partial<GitConfig> = {}): GitConfig {
    return { ...loadConfig(GitConfig, { NODE_ENV: 'test' }), cacheDirectory: this.cache, ...changes };
  }

  encryption(): EncryptionConfig {
    return loadConfig(EncryptionConfig, { NODE_ENV: 'test' });
  }

  /** Registers a repository past the checks of the service, as an older version may have done. @returns its public id. */
  async register(db: TenantConnection, gitUrl: string, values: Partial<Pick<AgentRepository, 'branch' | 'isRoot' | 'agentDirectory'>> = {}): Promise<string> {
    const row = await db.repository(AgentRepository).insert({ name: gitUrl.slice(-200), gitUrl, isRoot: true, ...values });
    return row.uid;
  }

  /** Runs one sync. */
  sync(
    db: TenantConnection,
    repositoryId: string,
    options: { config?: Partial<GitConfig>; encryption?: EncryptionConfig; network?: NetworkOptions; work?: Partial<SyncWork> } = {},
  ): Promise<SyncOutcome> {
    const service = new RepositorySyncService(this.config(options.config), options.encryption ?? this.encryption());
    const work: SyncWork = {
      db,
      repositoryId,
      signal: new AbortController().signal,
      logger: createLogger('sync-spec'),
      assertHeld: () => Promise.resolve(),
      ...options.work,
    };
    return service.run(work, options.network);
  }

  async repository(db: TenantConnection, uid: string): Promise<AgentRepository> {
    const row = await db.repository(AgentRepository).findOne({ uid });
    if (row === null) throw new Error(`There is no repository "${uid}".`);
    return row;
  }

  /** The agents of a repository by path. */
  async agents(db: TenantConnection, uid: string): Promise<Map<string, GitAgent>> {
    const { id } = await this.repository(db, uid);
    const rows = await db.repository(GitAgent).find({ where: { agentRepositoryId: id } });
    return new Map(rows.map((row) => [row.filePath, row]));
  }
}
