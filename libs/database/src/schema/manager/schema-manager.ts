import { migrations as ownMigrations } from '../../migrations/index.js';
import { acquireMigrationLock, migrationsApplicationName } from '../../migrations/migration-lock.js';
import { refuseTransactionPooler } from '../../migrations/runner/pooler.js';
import { sessionOfClient } from '../../migrations/runner/session.js';
import type { SchemaReport } from '../compare/finding.js';
import type { RepairPlan } from '../plan/repair-step.js';
import { CouldNotLookError, RehearsalImpossibleError } from '../errors.js';
import { withClient } from '../expected/scratch-database.js';
import { generateMigration, type GenerateOptions, type GenerateReport } from '../generate/generate-migration.js';
import { choosePlan } from './choose-plan.js';
import { schemaConnections, type SchemaConnections } from './connections.js';
import { fix, planOf, type FixContext } from './fix.js';
import { initialize, type InitializeOptions, type InitializeReport } from './initialize.js';
import { look } from './look.js';
import { reportOf } from './report.js';
import type { FixOptions, FixReport, SchemaManagerOptions } from './schema-manager.types.js';

/**
 * Says what a database's schema is, what it should be, and makes the one the other. Holds no connection between its calls. Repairs hold
 * the lock of the migrations on the session that repairs: nobody migrates or repairs at the same time, and both end together.
 */
export class SchemaManager {
  readonly #options: SchemaManagerOptions;
  readonly #connections: SchemaConnections;
  readonly #context: FixContext;

  /** @throws InvalidSettingError when a URL cannot be used */
  constructor(options: SchemaManagerOptions) {
    this.#options = options;
    this.#connections = schemaConnections(options);
    this.#context = { connections: this.#connections, migrations: options.migrations ?? [...ownMigrations], options };
  }

  /** Every difference between what is there and what the migrations make. That it could not look is an outcome of its own. Changes nothing. */
  async validateSchema(): Promise<SchemaReport> {
    const started = performance.now();
    const took = (): number => Math.round(performance.now() - started);
    try {
      const found = await look(this.#connections, this.#context.migrations);
      return await reportOf(found, this.#options.baselineFile, took());
    } catch (error) {
      if (!(error instanceof CouldNotLookError)) throw error;
      return { outcome: 'could-not-look', reason: error.message, tookMs: took() };
    }
  }

  /** The steps of a repair with what the manual says of them; `fixSchema({ dryRun: true })` measures them on a clone too. @throws as `fixSchema` */
  async planFix(options: Pick<FixOptions, 'only' | 'destructive'> = {}): Promise<RepairPlan> {
    const found = await look(this.#connections, this.#context.migrations);
    const only = options.only === undefined ? {} : { only: options.only };
    const hasAdministrator = this.#connections.administrator !== undefined;
    return planOf(found, choosePlan(found, { ...only, mayLose: options.destructive === true, hasAdministrator }));
  }

  /**
   * Repairs what differs, and says what is left.
   * @throws DestructiveRepairRefusedError, RehearsalImpossibleError, RehearsalFailedError, NoSuchFindingError, SchemaIsNewerError: nothing
   *   was changed then
   */
  async fixSchema(options: FixOptions = {}): Promise<FixReport> {
    const { onProgress } = this.#options;
    const connection = { ...this.#connections.owner, application_name: migrationsApplicationName() };
    return withClient(connection, async (owner) => {
      const session = sessionOfClient(owner);
      await refuseTransactionPooler(owner, session, connection);
      await acquireMigrationLock(session, onProgress === undefined ? {} : { onWait: onProgress });
      return fix(this.#context, options, owner);
    });
  }

  /** Roles, migrations, alignment and seeds, for an empty database and for development. Safe when many processes call it at once. */
  async initializeDatabase(options: InitializeOptions = {}): Promise<InitializeReport> {
    return initialize(this, this.#options, options);
  }

  /**
   * What the entities declare and no migration makes, as migrations; writes no file. @throws RehearsalImpossibleError without a scratch
   * login, and as `generateMigration`
   */
  async generateMigration(name: string, options: GenerateOptions = {}): Promise<GenerateReport> {
    const { scratch } = this.#connections;
    if (scratch === undefined) throw new RehearsalImpossibleError();
    return generateMigration(scratch, name, { migrations: this.#context.migrations, ...options });
  }
}
