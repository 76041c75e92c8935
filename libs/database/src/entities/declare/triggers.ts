import type { EntityTarget } from './tenancy.js';

/** A row trigger that runs a function of the schema `app` before the row is written. It reads and changes its own row only. */
export interface TriggerDeclaration {
  readonly name: string;
  readonly on: 'update' | 'insert or update';
  /** Bare name of the function in `app`. */
  readonly call: string;
}

const TOUCH: TriggerDeclaration = { name: 'touch_updated_at', on: 'update', call: 'touch_updated_at' };

const declarations = new Map<unknown, TriggerDeclaration[]>();

/** Runs `app.<call>()` before each write of the kind named. PostgreSQL fires triggers of one table in the order of their names. */
export function BeforeWrite(trigger: TriggerDeclaration): ClassDecorator {
  return (target) => {
    declarations.set(target, [...(declarations.get(target) ?? []), trigger]);
  };
}

/** Each update raises the row's `version` by one. */
export function RaisesVersion(): ClassDecorator {
  return BeforeWrite({ name: 'raise_version', on: 'update', call: 'raise_version' });
}

/** Rows never change, whoever asks: an update is refused for every role, the owner too. */
export function Immutable(): ClassDecorator {
  return BeforeWrite({ name: 'refuse_update', on: 'update', call: 'refuse_update' });
}

/** All triggers of an entity, the one that moves updated_at included, in the order of their names. */
export function triggersOf(entity: EntityTarget): readonly TriggerDeclaration[] {
  return [TOUCH, ...(declarations.get(entity) ?? [])].sort((left, right) => (left.name < right.name ? -1 : 1));
}

const handmade = new Map<unknown, string[]>();

/**
 * Says that a migration made a trigger of this name by hand, for what `@BeforeWrite` cannot say: after the row, for each statement,
 * with a condition. What it does stands in the migration; an undeclared one is a difference between entities and migrations.
 */
export function HandmadeTrigger(name: string): ClassDecorator {
  return (target) => {
    handmade.set(target, [...(handmade.get(target) ?? []), name]);
  };
}

/** The names of the triggers that migrations made by hand on the table of an entity. */
export function handmadeTriggersOf(entity: EntityTarget): readonly string[] {
  return handmade.get(entity) ?? [];
}
