import { newId } from '../../ids.js';
import type { MigrationState } from './states.js';
import type { MigrationTarget } from '../target.js';
import type { Session } from './session.js';

/** A line of TypeORM's journal, in the order in which they ran. */
export interface JournalEntry {
  readonly id: number;
  readonly timestamp: number;
  readonly name: string;
}

/** A row of `migration_run`. */
export interface RunRow {
  readonly name: string;
  readonly checksum: string;
  readonly state: MigrationState;
  readonly who: string;
  readonly build: string;
  readonly statementsDone: number;
  readonly startedAt: Date;
  readonly completedAt: Date | null;
  readonly errorMessage: string | null;
}

/** What the database says of its migrations. */
export interface BooksRead {
  readonly journal: readonly JournalEntry[];
  /** By name. Empty where `keepsRuns` is false. */
  readonly runs: ReadonlyMap<string, RunRow>;
  /** Whether the table `migration_run` is there: a migration makes ours. */
  readonly keepsRuns: boolean;
}

/** Who writes, and what it is a build of. */
export interface Writer {
  readonly who: string;
  readonly build: string;
}

/** The journal and `migration_run` of one database, read and written through the session that migrates. */
export class Books {
  #keepsRuns = false;
  readonly #journal: string;
  readonly #runs: string;
  readonly #ledger: string | undefined;

  constructor(
    private readonly session: Session,
    target: Pick<MigrationTarget, 'schema' | 'journal' | 'makesBooks'>,
    private readonly writer: Writer,
  ) {
    this.#journal = `"${target.schema}"."${target.journal}"`;
    this.#runs = `"${target.schema}".migration_run`;
    this.#ledger = target.makesBooks ? undefined : `"${target.schema}".schema_ledger`;
  }

  /** Reads everything anew. A database without a journal has run nothing. @throws what PostgreSQL answers */
  async read(): Promise<BooksRead> {
    const [there] = await this.session.rows<{ journal: boolean; runs: boolean }>(
      'select to_regclass($1) is not null as journal, to_regclass($2) is not null as runs',
      [this.#journal, this.#runs],
    );
    this.#keepsRuns = there?.runs === true;
    const journal = there?.journal
      ? await this.session.rows<JournalEntry>(`select id::int, timestamp::float8 as timestamp, name from ${this.#journal} order by id`)
      : [];
    const runs = this.#keepsRuns ? await this.session.rows<RunRow>(readRuns(this.#runs)) : [];
    return { journal, runs: new Map(runs.map((run) => [run.name, run])), keepsRuns: this.#keepsRuns };
  }

  /** Notes that a migration of several transactions begins, or goes on: what is done so far stays counted. */
  async begin(name: string, checksum: string): Promise<void> {
    const { who, build } = this.writer;
    await this.session.rows(
      `insert into ${this.#runs} (name, checksum, state, who, build, started_at) values ($1, $2, 'STARTED', $3, $4, clock_timestamp())
         on conflict (name) do update set checksum = excluded.checksum, who = excluded.who, build = excluded.build, error_message = null,
           started_at = excluded.started_at, completed_at = null, state = 'STARTED',
           statements_done = case when migration_run.state = 'STARTED' then migration_run.statements_done else 0 end`,
      [name, checksum, who, build],
    );
  }

  /** Notes how many statements are done for good. Inside a transaction it holds only if that commits. */
  async advance(name: string, statementsDone: number): Promise<void> {
    await this.session.rows(`update ${this.#runs} set statements_done = $2 where name = $1`, [name, statementsDone]);
  }

  /** What was half run is to be undone: from here on it is half reverted, and nothing of that is done yet. */
  async turnBack({ name, timestamp }: { name: string; timestamp: number }): Promise<void> {
    await this.session.rows(
      `with counted as (update ${this.#runs} set statements_done = 0 where name = $2) insert into ${this.#journal} (timestamp, name) values ($1, $2)`,
      [timestamp, name],
    );
  }

  /** Notes why a migration of several transactions stopped. */
  async fail(name: string, message: string): Promise<void> {
    await this.session.rows(`update ${this.#runs} set error_message = $2 where name = $1`, [name, message]);
  }

  /** The migration has run: a line in the journal, a row that says what exactly ran, and one in the ledger. Belongs to its transaction. */
  async completed(migration: { name: string; timestamp: number }, checksum: string, startedAt: Date, sql: string): Promise<void> {
    await this.session.rows(`insert into ${this.#journal} (timestamp, name) values ($1, $2)`, [migration.timestamp, migration.name]);
    await this.#look();
    await this.#settle(migration.name, checksum, 'COMPLETED', startedAt);
    await this.#enter('MIGRATE', migration.name, sql, 'completed');
  }

  /** The migration is undone. Belongs to its transaction. */
  async reverted(migration: { name: string }, checksum: string, startedAt: Date, sql: string): Promise<void> {
    await this.session.rows(`delete from ${this.#journal} where name = $1`, [migration.name]);
    await this.#look();
    await this.#settle(migration.name, checksum, 'REVERTED', startedAt);
    await this.#enter('REVERT', migration.name, sql, 'reverted');
  }

  /** Takes a migration into `migration_run` that ran before checksums were kept, or whose change the operator accepts. */
  async adopt(
    name: string,
    checksum: string,
    ran: { startedAt: Date; completedAt: Date | null } = { startedAt: new Date(), completedAt: null },
  ): Promise<void> {
    await this.#settle(name, checksum, 'COMPLETED', ran.startedAt, ran.completedAt);
  }

  /** The migration itself may have made or dropped the tables. */
  async #look(): Promise<void> {
    const [there] = await this.session.rows<{ runs: boolean }>('select to_regclass($1) is not null as runs', [this.#runs]);
    this.#keepsRuns = there?.runs === true;
  }

  async #settle(name: string, checksum: string, state: MigrationState, startedAt: Date, completedAt: Date | null = null): Promise<void> {
    if (!this.#keepsRuns) return;
    const { who, build } = this.writer;
    await this.session.rows(
      `insert into ${this.#runs} (name, checksum, state, who, build, started_at, completed_at) values ($1, $2, $3, $4, $5, $6, coalesce($7, clock_timestamp()))
         on conflict (name) do update set checksum = excluded.checksum, state = excluded.state, who = excluded.who, build = excluded.build,
           started_at = excluded.started_at, completed_at = excluded.completed_at, error_message = null`,
      [name, checksum, state, who, build, startedAt, completedAt],
    );
  }

  /** The ledger takes kinds since the table of runs is there: one migration made both. */
  async #enter(kind: 'MIGRATE' | 'REVERT', name: string, sql: string, outcome: string): Promise<void> {
    if (!this.#keepsRuns || this.#ledger === undefined) return;
    await this.session.rows(
      `insert into ${this.#ledger} (id, kind, who, version, sql, outcome, details)
         values ($1, $2, $3, coalesce((select name from ${this.#journal} order by timestamp desc limit 1), ''), $4, $5, $6)`,
      [newId(), kind, this.writer.who, sql, outcome, JSON.stringify({ migration: name, build: this.writer.build })],
    );
  }
}

function readRuns(table: string): string {
  return `select name, checksum, state, who, build, statements_done as "statementsDone", started_at as "startedAt", completed_at as "completedAt",
    error_message as "errorMessage" from ${table}`;
}
