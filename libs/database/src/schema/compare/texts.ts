import type { FactValue, SchemaFact } from '../catalogue/fact.js';

/** A value as people read it. */
export function attributeText(value: FactValue): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(attributeText).join(', ');
  return value === null ? 'none' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The attributes that say the most about a whole thing, in the order in which they are shown. */
const TELLING = ['def', 'expr', 'text', 'body'];

/** A whole thing as people read it: its definition where it has one, otherwise its attributes. */
export function factText(fact: SchemaFact): string {
  for (const name of TELLING) {
    const value = fact.attributes[name];
    if (typeof value === 'string') return value.trim();
  }
  const shown = Object.entries(fact.attributes).filter(([, value]) => value !== null && value !== false && !(Array.isArray(value) && value.length === 0));
  return shown.length === 0 ? 'there' : shown.map(([name, value]) => `${name}: ${attributeText(value)}`).join('; ');
}
