import { isUuid } from '#database';

/** Checks one stored value and gives it its type; throws a TypeError that says what it wanted. */
export type FieldParser<T> = (value: unknown) => T;

export type Fields = Readonly<Record<string, FieldParser<unknown>>>;
type OptionalKeys<F extends Fields> = { [K in keyof F]: undefined extends ReturnType<F[K]> ? K : never }[keyof F];
export type Parsed<F extends Fields> = { [K in Exclude<keyof F, OptionalKeys<F>>]: ReturnType<F[K]> } & { [K in OptionalKeys<F>]?: ReturnType<F[K]> };

/** How a definition describes its payload: a check per property, or a function from stored JSON. */
export type PayloadShape = Fields | ((stored: unknown) => object);
export type PayloadOfShape<S extends PayloadShape> = S extends ((stored: unknown) => infer P extends object) ? P : S extends Fields ? Parsed<S> : never;
export type EmptyShape = Readonly<Record<never, never>>;

/** The `parse` function of a shape. */
export function parserOf<S extends PayloadShape>(shape: S): (stored: unknown) => PayloadOfShape<S> {
  return (typeof shape === 'function' ? shape : payloadOf(shape)) as (stored: unknown) => PayloadOfShape<S>;
}

/**
 * A `parse` function from one check per property: `payloadOf({ repositoryId: uuid, force: optional(flag) })`. What it makes
 * throws a TypeError naming the property for a missing or wrong value, and for a property that is not listed.
 */
export function payloadOf<const F extends Fields>(fields: F): (stored: unknown) => Parsed<F> {
  return (stored) => {
    if (typeof stored !== 'object' || stored === null || Array.isArray(stored)) throw new TypeError('The payload must be an object.');
    for (const name of Object.keys(stored)) {
      if (!Object.hasOwn(fields, name)) throw new TypeError(`The payload holds "${name}", which this job does not know.`);
    }
    const values: Record<string, unknown> = { ...stored };
    const parsed = Object.entries(fields).map(([name, parse]) => [name, parseField(name, parse, values[name])] as const);
    return Object.fromEntries(parsed) as Parsed<F>;
  };
}

function parseField(name: string, parse: FieldParser<unknown>, value: unknown): unknown {
  try {
    return parse(value);
  } catch (error) {
    throw new TypeError(`"${name}" in the payload ${error instanceof Error ? error.message : String(error)}.`, { cause: error });
  }
}

/** A UUID in its usual written form. */
export function uuid(value: unknown): string {
  if (!isUuid(value)) throw new TypeError('must be a UUID');
  return value;
}

/** Any string. */
export function text(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('must be a string');
  return value;
}

/** A finite number. */
export function number(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new TypeError('must be a finite number');
  return value;
}

/** true or false. */
export function flag(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new TypeError('must be true or false');
  return value;
}

/** The value may be absent. */
export function optional<T>(parse: FieldParser<T>): FieldParser<T | undefined> {
  return (value) => (value === undefined ? undefined : parse(value));
}
