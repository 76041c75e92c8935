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
