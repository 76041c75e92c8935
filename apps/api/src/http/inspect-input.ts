import type { FieldProblem } from './problem.js';

/** How many objects and arrays may stand inside each other. Later steps (validation, jsonb) recurse. */
export const DEEPEST_NESTING = 32;
/** After this many findings the walk ends: nobody reads more. */
const MOST_FINDINGS = 20;
/** With the `u` flag only a surrogate without its other half matches. */
const LONE_SURROGATE = /\p{Surrogate}/u;

interface Place {
  readonly value: unknown;
  readonly field: string;
  readonly depth: number;
}

/**
 * Looks through a parsed input for what no field may hold: text that PostgreSQL cannot store (a NUL character, half of a
 * surrogate pair), nesting deeper than {@link DEEPEST_NESTING}, and names that every object has, such as `__proto__`, which
 * the validation behind it would pass over. It walks without recursion, so that
 * a deep input cannot exhaust the stack.
 */
export function inspectInput(input: unknown, root: string): FieldProblem[] {
  const findings: FieldProblem[] = [];
  const waiting: Place[] = [{ value: input, field: '', depth: 0 }];
  for (let place = waiting.pop(); place !== undefined && findings.length < MOST_FINDINGS; place = waiting.pop()) {
    const field = place.field === '' ? root : place.field;
    if (typeof place.value === 'string') {
      const problem = textProblem(place.value, field);
      if (problem !== undefined) findings.push(problem);
      continue;
    }
    if (typeof place.value !== 'object' || place.value === null) continue;
    if (place.depth >= DEEPEST_NESTING) {
      const shown = shorten(field);
      findings.push({ field: shown, code: 'TOO_DEEP', message: `"${shown}" is nested deeper than ${DEEPEST_NESTING} levels` });
      continue;
    }
    const isArray = Array.isArray(place.value);
    for (const [key, value] of Object.entries(place.value)) {
      const name = isArray ? `${place.field}[${key}]` : place.field === '' ? key : `${place.field}.${key}`;
      const problem = isArray ? undefined : keyProblem(key, name);
      if (problem === undefined) waiting.push({ value, field: name, depth: place.depth + 1 });
      else findings.push(problem);
    }
  }
  return findings;
}

function textProblem(text: string, field: string): FieldProblem | undefined {
  if (text.includes('\0')) return { field: shorten(field), code: 'NUL_CHARACTER', message: `"${shorten(field)}" must not contain a NUL character` };
  if (!LONE_SURROGATE.test(text)) return undefined;
  return { field: shorten(field), code: 'NOT_UNICODE', message: `"${shorten(field)}" must be valid Unicode: it holds half of a surrogate pair` };
}

function keyProblem(key: string, field: string): FieldProblem | undefined {
  const shown = shorten(field.replaceAll('\0', '\uFFFD').replaceAll(/\p{Surrogate}/gu, '\uFFFD'));
  if (key in Object.prototype) return { field: shown, code: 'UNKNOWN_PROPERTY', message: `"${shown}" is not a known property` };
  if (key.includes('\0')) return { field: shown, code: 'NUL_CHARACTER', message: `the name "${shown}" must not contain a NUL character` };
  if (!LONE_SURROGATE.test(key)) return undefined;
  return { field: shown, code: 'NOT_UNICODE', message: `the name "${shown}" must be valid Unicode` };
}

/** The name of a field as it is repeated to the caller: at most 120 characters of what he sent. */
export function shorten(field: string): string {
  return field.length <= 120 ? field : `${field.slice(0, 117)}...`;
}
