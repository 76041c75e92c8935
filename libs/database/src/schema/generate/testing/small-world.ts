import { transform } from '@swc/core';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { EntityTarget } from '../../../entities/declare/tenancy.js';
import { Organization } from '../../../entities/identity/organization.entity.js';
import { User } from '../../../entities/identity/user.entity.js';
import { INITIAL_FUNCTIONS_DOWN, INITIAL_FUNCTIONS_UP } from '../../../migrations/initial/functions.sql.js';
import { testEnvironment } from '../../../testing/environment.js';
import type { MigrationList } from '../../expected/from-migrations.js';
import type { ScratchServer } from '../../expected/scratch-database.js';
import { generateMigration, type GeneratedMigration, type GenerateOptions, type GenerateReport } from '../generate-migration.js';

/** What comes before every table: the functions of the initial migration. */
class Functions1795000000000 implements MigrationInterface {
  readonly name = 'Functions1795000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of INITIAL_FUNCTIONS_UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of INITIAL_FUNCTIONS_DOWN) await runner.query(statement);
  }
}

const BASE = [Organization, User];

/** The tests' server, as scratch databases need it. */
export function scratchServer(): ScratchServer {
  const { urls } = testEnvironment();
  return { scratchUrl: urls.admin, ownerUrl: urls.owner };
}

/** A schema of two tables and what a test adds, whose migrations grow as they are generated. */
export class SmallWorld {
  readonly #migrations: MigrationList[number][] = [Functions1795000000000];

  get migrations(): MigrationList {
    return [...this.#migrations];
  }

  /** What the next migration would be with these entities beside the two. */
  ask(name: string, entities: readonly EntityTarget[], options: Omit<GenerateOptions, 'entities' | 'migrations'> = {}): Promise<GenerateReport> {
    return generateMigration(scratchServer(), name, { ...options, entities: [...BASE, ...entities], migrations: this.migrations });
  }

  /** Generates it and adds it to the migrations, made of the text that would be written to the file. */
  async grow(name: string, entities: readonly EntityTarget[], options: Omit<GenerateOptions, 'entities' | 'migrations'> = {}): Promise<GenerateReport> {
    const report = await this.ask(name, entities, options);
    for (const migration of report.migrations) this.#migrations.push(await classOf(migration));
    return report;
  }
}

/** The class in the text of a generated migration. */
export async function classOf({ source, className }: GeneratedMigration): Promise<MigrationList[number]> {
  const { code } = await transform(source, { jsc: { parser: { syntax: 'typescript' }, target: 'es2022', keepClassNames: true } });
  const module: unknown = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  if (typeof module !== 'object' || module === null) throw new Error('The generated migration is no module.');
  const made: unknown = Object.entries(module).find(([name]) => name === className)?.[1];
  if (!isMigration(made)) throw new Error(`The generated migration does not export ${className}.`);
  return made;
}

function isMigration(value: unknown): value is Extract<MigrationList[number], abstract new (...args: never[]) => unknown> {
  return typeof value === 'function';
}

/** The statements of all parts, in their order. */
export function statementsOf({ migrations }: GenerateReport, direction: 'up' | 'down' = 'up'): string[] {
  return migrations.flatMap((migration) => migration[direction].map(({ sql }) => sql));
}
