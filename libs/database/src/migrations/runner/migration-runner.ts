import type { ClientConfig } from 'pg';
import { Migration, type DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { readBuildInfo } from '../../health/build-info.js';
import {
  MigrationChangedError,
  MigrationLockLostError,
  MigrationMissingError,
  MigrationNotCountableError,
  MigrationTransactionEndedError,
  MigrationUnknownError,
} from '../errors.js';
import { whoAmI } from '../ledger.js';
import { holdsMigrationLock, lockHolder, type LockHolder } from '../migration-lock.js';
import type { MigrationTarget } from '../target.js';
import { Announcement } from './announce.js';
import { withAttempts } from './attempts.js';
import { BlockerWatch } from './blockers.js';
import { Books, type BooksRead } from './books.js';
import { checksumOf, recordCalls, statementsOf } from './checksum.js';
import { DEFAULT_LOCK_TIMEOUT_MS, DEFAULT_LOCK_TRIES, DEFAULT_RETRY_PAUSE_MS, type RunnerOptions } from './options.js';
import { planMigrations, type KnownMigration, type MigrationPlan } from './plan.js';
import { makeBooks } from './make-books.js';
import { rollBack, sessionOfRunner } from './session.js';
import { statementByStatement } from './statement-by-statement.js';
import { TypeormJournal } from './typeorm-journal.js';
import { withWorkSession, type WorkSession } from './work-session.js';

type Direction = 'up' | 'down';

/** A migration of this build with the code that runs it. */
interface Runnable extends KnownMigration {
  readonly instance: MigrationInterface;
}

/** What `report` found. */
export interface MigrationReport {
  /** The migrations of this build, oldest first. */
  readonly known: readonly (KnownMigration & { readonly instance: MigrationInterface })[];
  readonly books: BooksRead;
  readonly plan: MigrationPlan;
  /** Who migrates at this moment, if anybody does. */
  readonly holder: LockHolder | undefined;
}

/** Everything at hand while the lock is held. */
interface Work extends WorkSession {
  readonly books: Books;
  readonly known: readonly Runnable[];
}

const LONGEST_LOOK_MS = 1_000;
const SHORTEST_LOOK_MS = 20;

/**
 * Runs and reverts the migrations of a DataSource, one process at a time (docs/operations.md, "Migrations"). Each is a transaction of its
 * own together with its line in the journal; one that declares `transaction = false` goes statement by statement.
 */
export class MigrationRunner {
  readonly #say: (text: string) => void;
  /** `Migrating 3 of 7: AddNote1795300000000`: begins every line about it, so that the last line alone says how far it is. */
  #at = '';

  constructor(
    private readonly source: DataSource,
    private readonly target: MigrationTarget,
    private readonly connection: ClientConfig,
    private readonly options: RunnerOptions,
  ) {
    this.#say =
      options.say ??
      ((text) => {
        source.logger.logSchemaBuild(text);
      });
  }

  /**
   * Runs what is pending, oldest first. Where the schema is newer than this build it does nothing and says so.
   * @param fake only writes down that they ran
   * @returns those that ran
   * @throws MigrationMissingError, MigrationChangedError, MigrationBlockedError, and what a migration throws: it is rolled back then, those before it stay
   */
  async run({ fake = false }: { readonly fake?: boolean } = {}): Promise<Migration[]> {
    return this.#locked(async (work) => {
      const plan = await this.#agreedPlan(work);
      if (plan.newer.length > 0) return [];
      const started = (await this.#finishReverting(work, plan)) ? planMigrations(work.known, await work.books.read()) : plan;
      for (const { name } of started.outOfOrder) {
        this.#say(`"${name}" is older than what has run already (branches merged out of order); running it now`);
      }
      return this.#runAll(work, started.pending, fake);
    });
  }

  /**
   * Undoes one migration: what a killed process left half run, else the one that ran last.
   * @param fake only writes down that it is undone
   * @returns its name, or undefined where none has run
   * @throws MigrationUnknownError, MigrationBlockedError, and what its `down` throws
   */
  async undo({ fake = false }: { readonly fake?: boolean } = {}): Promise<string | undefined> {
    return this.#locked(async (work) => {
      const read = await work.books.read();
      const plan = planMigrations(work.known, read);
      const last = plan.newer.at(-1);
      if (last !== undefined) throw new MigrationUnknownError(last);
      const half = plan.halfRun.at(-1);
      const name = plan.halfReverted.at(-1)?.name ?? half?.name ?? read.journal.at(-1)?.name;
      const migration = work.known.find((known) => known.name === name);
      if (migration === undefined) {
        if (name !== undefined) throw new MigrationUnknownError(name);
        this.#say('No migration has run; there is nothing to revert.');
        return undefined;
      }
      this.#at = `Reverting ${migration.name}`;
      if (half?.name === name) await work.books.turnBack(migration);
      await this.#apply(work, migration, 'down', fake);
      this.#say(`Migration ${migration.name} has been reverted successfully.`);
      return migration.name;
    });
  }

  /** What has run, what is to do and who is at it now. Takes no lock and changes nothing. @throws what PostgreSQL answers */
  async report(): Promise<MigrationReport> {
    const runner = this.source.createQueryRunner();
    try {
      const session = sessionOfRunner(runner);
      const books = await new Books(session, this.target, { who: '', build: '' }).read();
      const known = await this.known();
      return { known, books, plan: planMigrations(known, books), holder: await lockHolder(session) };
    } finally {
      await runner.release();
    }
  }

  /** The migrations of this build, oldest first. @throws where a name carries no timestamp, or two have the same name */
  async known(): Promise<readonly Runnable[]> {
    const all = TypeormJournal.migrationsOf(this.source);
    return Promise.all(
      all.flatMap(({ name, timestamp, instance }) =>
        instance === undefined
          ? []
          : [checksumOf(instance).then((checksum) => ({ name, timestamp, instance, checksum, transactional: instance.transaction !== false }))],
      ),
    );
  }

  async #locked<T>(work: (work: Work) => Promise<T>): Promise<T> {
    const { version, commit } = await readBuildInfo();
    const writer = { who: whoAmI(), build: commit === null ? version : `${version} ${commit}` };
    const lock = { ...this.options, onWait: this.#say };
    return withWorkSession(this.source, this.connection, lock, async (session) => {
      if (this.target.makesBooks) await makeBooks(session.session, this.target);
      await TypeormJournal.ensure(this.source, session.runner);
      return work({ ...session, books: new Books(session.session, this.target, writer), known: await this.known() });
    });
  }

  /** The plan, once nothing stands against it; what ran before checksums were kept is taken over. */
  async #agreedPlan({ books, known }: Work): Promise<MigrationPlan> {
    const plan = planMigrations(known, await books.read());
    if (plan.newer.length > 0) {
      this.#say(`The schema is newer than this build: ${plan.newer.join(', ')} ran, which it does not know. Nothing is migrated`);
      this.options.onNewer?.(plan.newer);
      return plan;
    }
    if (plan.missing.length > 0) throw new MigrationMissingError(plan.missing);
    const accepted = plan.changed.filter(({ migration }) => this.options.acceptChanged?.includes(migration.name));
    const [changed, ...others] = plan.changed.filter((one) => !accepted.includes(one));
    if (changed !== undefined) {
      const { name, who, build, completedAt } = changed.ran;
      throw new MigrationChangedError([name, ...others.map(({ migration }) => migration.name)], { name, who, build, at: completedAt });
    }
    for (const { migration } of accepted) {
      await books.adopt(migration.name, migration.checksum);
      this.#say(`"${migration.name}": what the file says now is accepted as what ran`);
    }
    for (const { name, checksum } of plan.unrecorded) {
      await books.adopt(name, checksum);
      this.#say(`"${name}" ran before checksums were kept; what the file says now is taken as what ran`);
    }
    return plan;
  }

  /** What was half reverted when its process ended is reverted to its end. Answers whether there was any. */
  async #finishReverting(work: Work, { halfReverted }: MigrationPlan): Promise<boolean> {
    for (const { name } of [...halfReverted].reverse()) {
      this.#at = `Reverting ${name}`;
      this.#say(`"${name}" was being reverted when that process ended; finishing it`);
      for (const migration of work.known.filter((known) => known.name === name)) await this.#apply(work, migration, 'down', false);
    }
    return halfReverted.length > 0;
  }

  async #runAll(work: Work, pending: readonly KnownMigration[], fake: boolean): Promise<Migration[]> {
    const announcement = new Announcement(work.session);
    const ran: Migration[] = [];
    const times = new Map<string, { startedAt: Date; completedAt: Date }>();
    const todo = work.known.filter(({ name }) => pending.some((migration) => migration.name === name));
    for (const [index, migration] of todo.entries()) {
      await announcement.say(index + 1, todo.length, migration.timestamp);
      this.#at = `Migrating ${index + 1} of ${todo.length}: ${migration.name}`;
      this.#say(this.#at);
      const startedAt = new Date();
      await this.#apply(work, migration, 'up', fake);
      times.set(migration.name, { startedAt, completedAt: new Date() });
      if (!(await holdsMigrationLock(work.session))) throw new MigrationLockLostError(migration.name);
      this.#say(`Migration ${migration.name} has been executed successfully.`);
      ran.push(new Migration(undefined, migration.timestamp, migration.name, migration.instance, migration.transactional));
    }
    if (todo.length === 0) this.#say('No migrations are pending');
    else await this.#adoptOwn(work, times);
    await announcement.clear();
    return ran;
  }

  /** The table of runs is made by a migration: what ran before it in the same breath is written down without a word. */
  async #adoptOwn({ books, known }: Work, times: ReadonlyMap<string, { startedAt: Date; completedAt: Date }>): Promise<void> {
    for (const { name, checksum } of planMigrations(known, await books.read()).unrecorded) {
      const own = times.get(name);
      await books.adopt(name, checksum, own);
      if (own === undefined) this.#say(`"${name}" ran before checksums were kept; what the file says now is taken as what ran`);
    }
  }

  async #apply(work: Work, migration: Runnable, direction: Direction, fake: boolean): Promise<void> {
    const lockTimeoutMs = this.options.lockTimeoutMs ?? DEFAULT_LOCK_TIMEOUT_MS;
    const everyMs = Math.max(SHORTEST_LOOK_MS, Math.min(LONGEST_LOOK_MS, (lockTimeoutMs || LONGEST_LOOK_MS) / 3));
    const watch = new BlockerWatch(this.connection, work.pid, everyMs, (text) => this.#say(`${this.#at}: waits for a lock held by ${text}`));
    const attempt = (one: () => Promise<unknown>): Promise<void> =>
      withAttempts(one, {
        name: migration.name,
        tries: this.options.lockTries ?? DEFAULT_LOCK_TRIES,
        pauseMs: this.options.retryPauseMs ?? DEFAULT_RETRY_PAUSE_MS,
        watch,
        say: (text) => this.#say(`${this.#at}: ${text}`),
      });
    watch.start();
    try {
      if (fake || migration.transactional) await attempt(() => this.#inOneTransaction(work, migration, direction, lockTimeoutMs, fake));
      else await this.#statementByStatement(work, migration, direction, lockTimeoutMs, attempt);
    } finally {
      await watch.stop();
    }
  }

  async #inOneTransaction(work: Work, migration: Runnable, direction: Direction, lockTimeoutMs: number, fake: boolean): Promise<void> {
    const { runner, session, books } = work;
    const startedAt = new Date();
    await runner.startTransaction();
    try {
      await session.rows(`set local lock_timeout = ${lockTimeoutMs}`);
      await session.rows("select set_config('plinth.migration', $1, true)", [migration.name]);
      if (!fake) await migration.instance[direction](runner);
      await this.#refuseEnded(work, migration);
      await this.#note(books, migration, direction, startedAt, fake);
      await runner.commitTransaction();
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      else await rollBack(session);
      throw error;
    }
  }

  /** What the transaction set is gone where a migration ended it, by TypeORM's method or by a statement. */
  async #refuseEnded({ runner, session }: Work, { name }: Runnable): Promise<void> {
    const [row] = await session.rows<{ current: string | null }>("select current_setting('plinth.migration', true) as current");
    if (row?.current !== name || !runner.isTransactionActive) throw new MigrationTransactionEndedError(name);
  }

  async #statementByStatement(
    work: Work,
    migration: Runnable,
    direction: Direction,
    lockTimeoutMs: number,
    attempt: (one: () => Promise<unknown>) => Promise<void>,
  ): Promise<void> {
    const { runner, session, books } = work;
    const { keepsRuns, runs } = await books.read();
    if (!keepsRuns) throw new MigrationNotCountableError(migration.name);
    const row = runs.get(migration.name);
    const resumed = row?.state === 'STARTED';
    if (resumed && direction === 'up') this.#refuseOther(migration, row.checksum);
    const done = resumed ? row.statementsDone : 0;
    if (resumed) this.#say(`${this.#at}: was half done when its process ended; going on behind statement ${done}`);
    const startedAt = new Date();
    await books.begin(migration.name, migration.checksum);
    const forgiving = resumed && direction === 'down';
    const counted: QueryRunner = statementByStatement({
      ...{ runner, session, books, name: migration.name, done, resumed, lockTimeoutMs, forgiving, attempt },
      say: (text) => this.#say(`${this.#at}: ${text}`),
    });
    try {
      await migration.instance[direction](counted);
    } catch (error) {
      await books.fail(migration.name, error instanceof Error ? error.message : String(error)).catch(() => undefined);
      throw error;
    }
    await session.rows('begin');
    await this.#note(books, migration, direction, startedAt, false);
    await session.rows('commit');
  }

  /** The first half of one text and the second of another is neither. */
  #refuseOther(migration: Runnable, checksum: string): void {
    if (checksum === migration.checksum || this.options.acceptChanged?.includes(migration.name)) return;
    throw new MigrationChangedError([migration.name], { name: migration.name, who: 'a process that ended half way', build: 'another', at: null });
  }

  async #note(books: Books, migration: Runnable, direction: Direction, startedAt: Date, fake: boolean): Promise<void> {
    const sql = fake ? '' : statementsOf(await recordCalls(migration.instance, direction)).join(';\n');
    if (direction === 'up') await books.completed(migration, migration.checksum, startedAt, sql);
    else await books.reverted(migration, migration.checksum, startedAt, sql);
  }
}
