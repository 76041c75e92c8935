import { entities as ownEntities } from '../../entities/index.js';
import { migrations as ownMigrations } from '../../migrations/index.js';
import type { Catalogue } from '../catalogue/catalogue.js';
import type { Difference } from '../compare/difference.js';
import { differencesBetween } from '../compare/differences.js';
import { withBothViews, type SchemaSources } from '../expected/entities-against-migrations.js';
import type { MigrationList } from '../expected/from-migrations.js';
import type { ScratchServer } from '../expected/scratch-database.js';
import { planSteps } from '../plan/plan-steps.js';
import type { RepairStep } from '../plan/repair-step.js';
import { prepareGround, type Declarations } from './ground.js';
import { checkLosses } from './losses.js';
import { APART, checkName, migrationName, nextTimestamp } from './names.js';
import { partsOf } from './parts.js';
import { Rehearsal } from './rehearsal.js';
import { renderMigration } from './render/migration-source.js';
import type { Statement } from './statements.js';
import { tidied } from './tidy.js';
import { tryOut, type TriedPart } from './try-out.js';

export interface GenerateOptions extends SchemaSources, Declarations {
  /** Unix milliseconds in the names; default now. */
  readonly timestamp?: number;
}

/** One migration file. */
export interface GeneratedMigration {
  readonly file: string;
  readonly className: string;
  /** Whether it runs as one transaction; else statement by statement (`transaction = false`). */
  readonly transactional: boolean;
  readonly up: readonly Statement[];
  readonly down: readonly Statement[];
  /** TypeScript, as it is written to the file. */
  readonly source: string;
}

export interface GenerateReport {
  /** What the migrations lack of the entities; empty: nothing is missing. */
  readonly differences: readonly Difference[];
  /** In the order in which they run; empty where nothing is missing. */
  readonly migrations: readonly GeneratedMigration[];
}

/**
 * What the entities declare and no migration makes, as migrations with an exact `down`: planned, written the safe way, and tried (up, down,
 * up) in a scratch database. Writes no file.
 * @param name what it does, in lower case with hyphens: `add-note`
 * @throws MigrationNameError, RenameUndecidedError, LossNotAllowedError, FillMissingError, GenerateOptionError, GeneratedStatementError,
 *   MigrationNotExactError
 */
export async function generateMigration(server: ScratchServer, name: string, options: GenerateOptions = {}): Promise<GenerateReport> {
  checkName(name);
  const timestamp = nextTimestamp((options.migrations ?? ownMigrations).map(nameOfMigration), options.timestamp);
  return withBothViews(server, options, async (views) => {
    const { migrations, entities } = views;
    const differences = differencesBetween(entities.facts, migrations.facts);
    if (differences.length === 0) return { differences, migrations: [] };
    const rehearsal = new Rehearsal(views.migrated);
    const ground = await prepareGround(rehearsal, views, options);
    const plan = (from: Catalogue, to: Catalogue): RepairStep[] => tidied(planSteps(from, to), from, options.entities ?? ownEntities);
    const planned = plan(ground.catalogue, entities);
    checkLosses(planned, ground.catalogue.facts, ground.allowLoss);
    const tried = await tryOut(rehearsal, partsOf(ground.declared, planned), ground, views, plan);
    return { differences, migrations: tried.map((part, place) => written(name, timestamp, part, place, tried.length)) };
  });
}

function nameOfMigration(migration: MigrationList[number]): string {
  return typeof migration === 'string' ? migration : migration.name;
}

function written(name: string, timestamp: number, { transactional, up, down }: TriedPart, place: number, parts: number): GeneratedMigration {
  const { file, className } = migrationName(place === 0 ? name : `${name}-part-${place + 1}`, timestamp + place * APART);
  return { file, className, transactional, up, down, source: renderMigration({ name, className, part: place + 1, parts, transactional, up, down }) };
}
