import type { TransformFnParams } from 'class-transformer';

/** Takes blanks off both ends of a text; leaves everything else for the validators. */
export function trimmed({ value }: TransformFnParams): unknown {
  return typeof value === 'string' ? value.trim() : value;
}

/** A whole number written in a query string. Anything else stays a text, which the validators refuse by name. */
export function wholeNumber({ value }: TransformFnParams): unknown {
  return typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
}

/** `true` or `false` written in a query string. Anything else stays a text. */
export function flag({ value }: TransformFnParams): unknown {
  return value === 'true' ? true : value === 'false' ? false : value;
}

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

/** A point in time as RFC 3339 writes it, with its zone. Anything else stays what it is, which `@IsDate()` refuses by name. */
export function pointInTime({ value }: TransformFnParams): unknown {
  return typeof value === 'string' && RFC_3339.test(value) ? new Date(value) : value;
}
