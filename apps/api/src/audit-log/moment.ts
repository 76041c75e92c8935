import type { TransformFnParams } from 'class-transformer';

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/i;

/** A moment written as RFC 3339, with its time zone. Anything else stays a text, which the validators refuse by name. */
export function moment({ value }: TransformFnParams): unknown {
  if (typeof value !== 'string' || !RFC3339.test(value)) return value;
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? value : date;
}
