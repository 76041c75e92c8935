import { PlinthError } from '../../errors.js';

/** An entity names a trigger that no migration makes. */
export class HandmadeTriggerMissingError extends PlinthError {
  readonly code = 'HANDMADE_TRIGGER_MISSING';
  readonly family = 'operator';

  constructor(table: string, trigger: string) {
    super(
      `The entity of table "${table}" says that a migration made the trigger "${trigger}" by hand, and none does. ` +
        'Write that migration first (npm run migration:create), or take @HandmadeTrigger away.',
      { fields: { table, trigger } },
    );
  }
}

/** The tables of the entities could not be made: what they declare contradicts itself, or needs what no migration makes. */
export class EntitiesNotMadeError extends PlinthError {
  readonly code = 'ENTITIES_NOT_MADE';
  readonly family = 'operator';

  constructor(statement: string | null, cause: unknown) {
    const said = cause instanceof Error ? cause.message : String(cause);
    super(
      `A scratch database could not be made from the entities: ${said}${statement === null ? '' : ` at "${statement}"`}. ` +
        'Mend the declaration. A function that it calls comes from a migration written by hand (npm run migration:create), which has to be there first.',
      { cause, fields: { statement } },
    );
  }
}
