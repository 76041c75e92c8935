import { DataSource } from 'typeorm';
import { createOwnerDataSourceOptions } from '../../data-source-options.js';
import { allStatements, securityStatements } from '../../entities/declare/security-sql.js';
import { tableFactsOf } from '../../entities/declare/table-facts.js';
import type { EntityTarget } from '../../entities/declare/tenancy.js';
import { handmadeTriggersOf } from '../../entities/declare/triggers.js';
import { EntitiesNotMadeError, HandmadeTriggerMissingError } from './errors.js';
import type { HandmadeObjects, HandmadeTriggerFacts } from './handmade-objects.js';
import type { ScratchDatabase, ScratchServer } from './scratch-database.js';

/**
 * Makes, in a scratch database, what the entities declare: tables and keys by TypeORM, the rest by our decorators. What entities only
 * refer to (functions, sequences, views, triggers written by hand) is made again from `handmade`, which was read from the migrations.
 * @throws HandmadeTriggerMissingError, EntitiesNotMadeError, InvalidDeclarationError, UndeclaredTenancyError
 */
export async function makeFromEntities(
  database: ScratchDatabase,
  { tls }: Pick<ScratchServer, 'tls'>,
  entities: readonly EntityTarget[],
  handmade: HandmadeObjects,
): Promise<void> {
  const declared = allStatements(securityStatements(entities));
  const triggers = entities.flatMap((entity) => handmadeTriggers(entity, handmade.triggers));
  const source = new DataSource({ ...createOwnerDataSourceOptions(database.url, tls), entities: [...entities], migrations: [] });
  await source.initialize().catch(refuse(null));
  try {
    const run = async (statements: readonly string[]): Promise<void> => {
      for (const statement of statements) await source.query(statement).catch(refuse(statement));
    };
    // Makes the journal, which both sides have.
    await source.runMigrations();
    // One connection: it holds for all that follows. The tables that a body names come later.
    await run(['set check_function_bodies = off', ...handmade.beforeTables]);
    await source.synchronize().catch(refuse(null));
    await run([...handmade.afterTables, ...declared, ...triggers.flatMap(({ statements }) => statements), ...handmade.last]);
  } finally {
    await source.destroy();
  }
}

function handmadeTriggers(entity: EntityTarget, made: readonly HandmadeTriggerFacts[]): HandmadeTriggerFacts[] {
  const { table } = tableFactsOf(entity);
  return handmadeTriggersOf(entity).map((name) => {
    const trigger = made.find((candidate) => candidate.table === table && candidate.name === name);
    if (trigger === undefined) throw new HandmadeTriggerMissingError(table, name);
    return trigger;
  });
}

function refuse(statement: string | null): (error: unknown) => never {
  return (error) => {
    throw new EntitiesNotMadeError(statement, error);
  };
}
