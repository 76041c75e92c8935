import { DuplicateJobKindError, InvalidScheduleError } from '../errors.js';
import { isValidSchedule } from '../schedule/ticks.js';
import type { AnyJobDefinition } from './define-job.js';

/** The kinds of job that one worker runs, by kind. Made by `defineCatalogue` only. */
export interface Catalogue<D extends AnyJobDefinition = AnyJobDefinition> {
  readonly definitions: readonly D[];
  /** The definition of a kind, or undefined for one that this worker does not know (and so never claims). */
  find(kind: string): D | undefined;
}

export type DefinitionOf<C extends Catalogue> = C['definitions'][number];
export type KindOf<C extends Catalogue> = DefinitionOf<C>['kind'];

/**
 * Puts definitions into one catalogue. A worker made of it wants a handler for each kind, which the compiler checks.
 * @throws DuplicateJobKindError, InvalidScheduleError
 */
export function defineCatalogue<const D extends readonly AnyJobDefinition[]>(...definitions: D): Catalogue<D[number]> {
  const byKind = new Map<string, D[number]>();
  for (const definition of definitions) {
    if (byKind.has(definition.kind)) throw new DuplicateJobKindError(definition.kind);
    if (definition.scope === 'system' && definition.schedule !== null && !isValidSchedule(definition.schedule)) {
      throw new InvalidScheduleError(definition.kind, definition.schedule);
    }
    byKind.set(definition.kind, definition);
  }
  return Object.freeze({ definitions: Object.freeze([...definitions]), find: (kind: string) => byKind.get(kind) });
}
