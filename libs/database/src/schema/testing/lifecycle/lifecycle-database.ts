import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.js';
import type { SchemaFinding } from '../../compare/finding.js';
import { SchemaManager } from '../../manager/schema-manager.js';
import type { SchemaManagerOptions } from '../../manager/schema-manager.types.js';
import { seedRows } from './seed-rows.js';

/** A migrated database with rows, to be broken and repaired. */
export class LifecycleDatabase {
  readonly #database: Pick<TestDatabase, 'urls' | 'drop'>;
  readonly #owner: pg.Client;
  readonly #admin: pg.Client;

  private constructor(database: Pick<TestDatabase, 'urls' | 'drop'>) {
    this.#database = database;
    this.#owner = clientOf(database.urls.owner);
    this.#admin = clientOf(database.urls.admin);
  }

  /** @param database where it is not a clone on the tests' own server: migrated, without rows */
  static async open(database?: Pick<TestDatabase, 'urls' | 'drop'>): Promise<LifecycleDatabase> {
    const opened = await LifecycleDatabase.openEmpty(database);
    await seedRows(opened.#admin);
    return opened;
  }

  /** The same without any row. */
  static async openEmpty(database?: Pick<TestDatabase, 'urls' | 'drop'>): Promise<LifecycleDatabase> {
    const opened = new LifecycleDatabase(database ?? (await createTestDatabase()));
    await Promise.all([opened.#owner.connect(), opened.#admin.connect()]);
    return opened;
  }

  /** A session of app_owner on it. */
  get owner(): pg.Client {
    return this.#owner;
  }

  /** What an operator's command would use; without rights of an administrator unless they are given. */
  manager(options: Partial<SchemaManagerOptions> = {}): SchemaManager {
    const { owner, admin } = this.#database.urls;
    return new SchemaManager({ ownerUrl: owner, scratchUrl: admin, lockTimeoutMs: 1_000, attempts: 3, ...options });
  }

  /** With the rights of an administrator. */
  administering(): SchemaManager {
    return this.manager({ administratorUrl: this.#database.urls.admin });
  }

  /** Runs statements one by one, each its own transaction. */
  async run(by: 'owner' | 'admin', statements: readonly string[]): Promise<void> {
    const client = by === 'admin' ? this.#admin : this.#owner;
    for (const statement of statements) await client.query(statement);
  }

  /** What the comparison finds now. @throws where it could not look */
  async findings(): Promise<readonly SchemaFinding[]> {
    const report = await this.manager().validateSchema();
    if (report.outcome === 'could-not-look') throw new Error(`Nobody could look: ${report.reason}`);
    return report.findings;
  }

  /** How many rows each table holds, but the ledger's, which every repair adds to. */
  async rowCounts(): Promise<ReadonlyMap<string, number>> {
    return new Map((await this.#eachTable('count(*)::text')).map(([table, count]) => [table, Number(count)]));
  }

  /** By table and column, a digest of all values, but the ledger's. */
  async contents(): Promise<ReadonlyMap<string, string>> {
    const { rows } = await this.#admin.query<{ table: string; column: string }>(
      `select c.relname as table, a.attname as column from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       where c.relnamespace = to_regnamespace('app') and c.relkind = 'r' and c.relname <> 'schema_ledger' order by 1, 2`,
    );
    const each = rows.map(({ table, column }) => {
      const [name, value] = [pg.escapeLiteral(`${table}.${column}`), pg.escapeIdentifier(column)];
      return `select ${name} as name, md5(coalesce(string_agg(${value}::text, E'\\n' order by ${value}::text), '')) as value from app.${pg.escapeIdentifier(table)}`;
    });
    const { rows: digests } = await this.#admin.query<{ name: string; value: string }>(each.join(' union all '));
    return new Map(digests.map(({ name, value }) => [name, value]));
  }

  async drop(): Promise<void> {
    await Promise.all([this.#owner.end(), this.#admin.end()]);
    await this.#database.drop();
  }

  async #eachTable(aggregate: string): Promise<[table: string, value: string][]> {
    const { rows: tables } = await this.#admin.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = to_regnamespace('app') and relkind = 'r' and relname <> 'schema_ledger' order by relname`,
    );
    if (tables.length === 0) return [];
    const each = tables.map(({ name }) => `select ${pg.escapeLiteral(name)} as name, ${aggregate} as value from app.${pg.escapeIdentifier(name)} t`);
    const { rows } = await this.#admin.query<{ name: string; value: string }>(each.join(' union all '));
    return rows.map(({ name, value }) => [name, value]);
  }
}

function clientOf(url: string): pg.Client {
  const client = new pg.Client({ connectionString: url, application_name: 'plinth-lifecycle' });
  client.on('error', () => undefined);
  return client;
}
