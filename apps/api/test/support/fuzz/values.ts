import fc from 'fast-check';
import { resolved, type Document, type Schema } from './document.js';

/** Stands in a generated request for something that is there, and is filled in when it is sent: `known(agents)` is the id of an agent. */
export function known(name: string): string {
  return `known(${name})`;
}

export const KNOWN = /known\(([^)]+)\)/g;

/** What schemas do not say, but handlers look for: values that are there, by the name of the property. */
const KNOWN_BY_NAME = new Set(['token', 'refreshToken', 'password', 'currentPassword', 'email']);
const DEEPEST = 5;

const LARGE = 70_000;

/** Texts that have broken other services. */
export const hostileText = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\0',
    'a\0b',
    '\ud800',
    'x\udfff',
    '\u202e\u2066',
    'İ',
    '😀',
    '%00',
    '../../etc/passwd',
    "'; drop table app.job; --",
    '__proto__',
    'null',
  ),
  fc.constantFrom(255, 256, 1025, LARGE).map((length) => 'x'.repeat(length)),
  fc.constantFrom(64, 300).map((length) => '😀'.repeat(length)),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

const hostileNumber = fc.constantFrom(0, -0, -1, 1.5, 1e308, -1e308, 2 ** 31, 2 ** 53, -(2 ** 63), 1e-320);

const deep = fc.constantFrom(31, 33, 2_000).map((depth) => JSON.parse(`${'['.repeat(depth)}1${']'.repeat(depth)}`) as unknown);

/** Any value at all that JSON can say. */
export const anything: fc.Arbitrary<unknown> = fc.oneof(
  { arbitrary: hostileText, weight: 4 },
  { arbitrary: hostileNumber, weight: 2 },
  fc.constantFrom<unknown>(null, true, false, [], {}, [null], { length: 1 }, { toString: 1 }, [[]]),
  fc.constant(JSON.parse('{"__proto__":{"a":1},"constructor":1}') as unknown),
  fc.jsonValue({ maxDepth: 3 }),
  deep,
);

/** Values that the schema allows, with an eye on its bounds. `name` is the property's. */
export function fitting(document: Document, schema: Schema, name = '', depth = 0): fc.Arbitrary<unknown> {
  const own = resolved(document, schema);
  const value = plainly(document, own, name, depth);
  return own.nullable === true ? fc.oneof({ arbitrary: value, weight: 4 }, fc.constant(null)) : value;
}

function plainly(document: Document, own: Schema, name: string, depth: number): fc.Arbitrary<unknown> {
  if (own.enum !== undefined) return fc.constantFrom(...own.enum);
  if (own.oneOf !== undefined && own.oneOf.length > 0) return fc.oneof(...own.oneOf.map((one) => fitting(document, one, name, depth)));
  switch (own.type) {
    case 'string':
      return text(own, name);
    case 'integer':
    case 'number':
      return number(own);
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(fitting(document, own.items ?? {}, name, depth + 1), { maxLength: Math.min(own.maxItems ?? 3, 3) });
    default:
      return object(document, own, depth);
  }
}

function text({ format, example, minLength = 1, maxLength = 100 }: Schema, name: string): fc.Arbitrary<unknown> {
  if (format === 'uuid') return fc.oneof({ arbitrary: fc.constant(known(resourceOf(name))), weight: 3 }, fc.uuid());
  if (format === 'date-time') return moment;
  const examples = example === undefined ? [] : [{ arbitrary: fc.constant(example), weight: 4 }];
  const there = KNOWN_BY_NAME.has(name) ? [{ arbitrary: fc.constant(known(name)), weight: 4 }] : [];
  const bounds = fc.constantFrom(minLength, maxLength).map((length) => 'y'.repeat(length));
  return fc.oneof(...examples, ...there, bounds, fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 40) }));
}

const moment = fc.oneof(
  fc.date({ noInvalidDate: true, min: new Date('2020-01-01'), max: new Date('2035-01-01') }).map((date) => date.toISOString()),
  fc.constantFrom(
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+14:00',
    '9999-12-31T23:59:59.999Z',
    '2026-02-30T00:00:00Z',
    '2026-12-31T23:59:60Z',
    '+275760-09-13T00:00:00.000Z',
  ),
);

function number({ type, minimum, maximum, example }: Schema): fc.Arbitrary<unknown> {
  const bounds = [minimum, maximum, example].filter((bound) => bound !== undefined);
  const within = { min: Math.ceil(minimum ?? 0), max: Math.floor(maximum ?? 2 ** 31 - 1) };
  const inside = type === 'integer' || minimum !== undefined ? fc.integer(within) : fc.oneof(fc.integer(within), fc.double({ noNaN: true }));
  return bounds.length === 0 ? inside : fc.oneof(fc.constantFrom(...bounds), inside);
}

function object(document: Document, own: Schema, depth: number): fc.Arbitrary<unknown> {
  if (depth > DEEPEST) return fc.constant({});
  if (own.properties === undefined)
    return fc.dictionary(fc.oneof(fc.string({ minLength: 1, maxLength: 10 }), hostileText), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 });
  const properties = Object.fromEntries(Object.entries(own.properties).map(([name, schema]) => [name, fitting(document, schema, name, depth + 1)]));
  return fc.record(properties, { requiredKeys: [...(own.required ?? [])], noNullPrototype: true });
}

/** The collection that an id of this name is of: `gitAgentId` names one of `git-agents`. */
export function resourceOf(name: string): string {
  const collection = name
    .replace(/Ids?$/, '')
    .replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    .replace(/y$/, 'ie');
  return `${collection}s`;
}
