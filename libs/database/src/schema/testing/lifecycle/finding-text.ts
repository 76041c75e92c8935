import type { SchemaFinding } from '../../compare/finding.js';

/** `key attribute`, or `key` where the whole object is missing or extra. */
export function placeOf({ key, attribute }: Pick<SchemaFinding, 'key' | 'attribute'>): string {
  return attribute === undefined ? key : `${key} ${attribute}`;
}

/** Everything that an operator reads of a finding. */
export function textOf(finding: SchemaFinding | undefined): string {
  if (finding === undefined) return '';
  const { object, attribute = '', explanation, expected, actual } = finding;
  return [`${object.kind} ${object.name} ${attribute}`, explanation, `should be: ${expected ?? 'absent'}`, `is: ${actual ?? 'absent'}`].join('\n');
}
