import { escapeIdentifier } from 'pg';
import { SCHEMA } from '../../../migrations/journal.js';
import type { SchemaFact } from '../fact.js';

const NEEDS_QUOTES = /[.:(),"\s]/;

/** A key as the comparing library writes it: `column:app.run.status`, a part with special characters in double quotes. */
export function keyOf(kind: string, ...parts: readonly string[]): string {
  return `${kind}:${parts.map(keyPart).join('.')}`;
}

/** One part of a key. */
export function keyPart(part: string): string {
  return part === '' || NEEDS_QUOTES.test(part) ? `"${part.replaceAll('"', '""')}"` : part;
}

/** `"app"."run"`, of a fact that belongs to a table. */
export function tableOf(fact: SchemaFact): string {
  return `${escapeIdentifier(SCHEMA)}.${escapeIdentifier(fact.table ?? '')}`;
}

/** The last part of the name of what belongs to a table: a column, a constraint. Not quoted. */
export function memberOf(fact: SchemaFact): string {
  return fact.name.slice(`${SCHEMA}.${fact.table ?? ''}.`.length);
}

/** `"app"."x"`, of a thing that has a name of its own in the schema: an index, a sequence, a view. */
export function objectOf(fact: SchemaFact): string {
  return `${escapeIdentifier(SCHEMA)}.${escapeIdentifier(fact.name.slice(`${SCHEMA}.`.length))}`;
}
