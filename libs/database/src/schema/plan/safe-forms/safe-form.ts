import type { SchemaFact } from '../../catalogue/fact.js';
import { attributeText } from '../../compare/texts.js';
import type { EngineAction } from '../../catalogue/engine/actions.js';
import type { DraftStep } from '../draft-step.js';
import type { PlanContext } from '../plan-context.js';

/**
 * A way of writing one kind of change so that it neither blocks for long nor breaks half way. Answers undefined where the action is
 * none of its business, and an empty list where another step does what the action would have done.
 */
export type SafeForm = (action: EngineAction, context: PlanContext) => readonly DraftStep[] | undefined;

/** The name under which the successor of something is built while the thing itself still serves. Cut to PostgreSQL's 63 bytes. */
export function successorName(name: string): string {
  const suffix = '__new';
  return `${Buffer.from(name)
    .subarray(0, 63 - suffix.length)
    .toString()}${suffix}`;
}

/** What PostgreSQL prints of a constraint or an index; empty where it has nothing to print. */
export function definitionOf(fact: SchemaFact | undefined): string {
  return attributeText(fact?.attributes['def'] ?? '');
}
