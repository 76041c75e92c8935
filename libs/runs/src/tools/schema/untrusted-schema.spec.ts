import fc from 'fast-check';
import type { JsonSchema } from '../../json.js';
import { SchemaRefusedError } from '../errors.js';
import { SAFE_FORMATS } from './safe-formats.js';
import { checkUntrustedSchema, validateUntrusted } from './untrusted-schema.js';

const many = (length: number): readonly number[] => Array.from({ length }, (_, index) => index);

/** A schema or value that is nested so deep. */
function nested(depth: number, wrap: (inner: unknown) => unknown, core: unknown): unknown {
  return many(depth).reduce<unknown>(wrap, core);
}

/** How much processor time `work` takes, in ms: others may be busy on the machine. */
function timeOf(work: () => unknown): number {
  const began = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1_000;
}

const FORM = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Where to',
  type: 'object',
  properties: {
    city: { type: 'string', minLength: 2 },
    days: { type: 'integer', minimum: 1, default: 1 },
    pattern: { enum: ['dense', 'loose'] },
    mail: { type: ['string', 'null'], format: 'email' },
    stops: { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'object', required: ['name'] }] }, uniqueItems: true },
  },
  required: ['city'],
  unevaluatedProperties: false,
};

it.each<[unknown, readonly object[]]>([
  [{ city: 'Ulm', days: 2, pattern: 'dense', mail: null, stops: ['a', { name: 'b' }] }, []],
  [{ days: 2 }, [{ path: '/city', message: "must have required property 'city'" }]],
  [{ city: 'Ulm', days: 1.5 }, [{ path: '/days', message: 'must be integer' }]],
  [{ city: 'Ulm', pattern: 'x' }, [{ path: '/pattern', message: 'must be equal to one of the allowed values: ["dense","loose"]' }]],
  [{ city: 'Ulm', mail: 'x' }, [{ path: '/mail', message: 'must match format "email"' }]],
  [{ city: 'Ulm', stops: ['a', 'a'] }, [{ path: '/stops', message: 'must NOT have duplicate items (items ## 0 and 1 are identical)' }]],
  [{ city: 'Ulm', other: 1 }, [{ path: '/other', message: 'must NOT have unevaluated properties' }]],
  ['Ulm', [{ path: '', message: 'must be object' }]],
])('checks %j by a form, a property of which is named like a keyword', (value, problems) => {
  expect(validateUntrusted(FORM, value)).toEqual(problems);
});

it.each<[unknown, string]>([
  [null, 'it is no object'],
  [true, 'it is no object'],
  [[], 'it is no object'],
  [{ type: 'text' }, 'schema is invalid: data/type must be equal to one of the allowed values'],
  [{ properties: { a: 3 } }, 'schema is invalid'],
  [{ propertys: {} }, '"propertys" at /propertys is not allowed: it is no keyword that is known here'],
  [{ properties: { a: { pattern: '^(a+)+$' } } }, '"pattern" at /properties/a/pattern is not allowed: regular expressions'],
  [{ anyOf: [{ patternProperties: { x: true } }] }, '"patternProperties" at /anyOf/0/patternProperties is not allowed: regular expressions'],
  [{ $ref: 'http://169.254.169.254/latest' }, '"$ref" at /$ref is not allowed: references'],
  [{ $ref: '#' }, '"$ref" at /$ref is not allowed: references'],
  [{ items: { $dynamicRef: '#x' } }, '"$dynamicRef" at /items/$dynamicRef is not allowed'],
  [{ $defs: {} }, '"$defs" at /$defs is not allowed'],
  [{ $id: 'https://json-schema.org/draft/2020-12/schema' }, '"$id" at /$id is not allowed'],
  [{ $async: true }, '"$async" at /$async is not allowed'],
  [{ type: 'string', format: 'regex' }, 'unknown format "regex"'],
  [{ type: 'string', format: 'uri-template' }, 'unknown format "uri-template"'],
  [{ $schema: 'http://json-schema.org/draft-04/schema#' }, '"$schema" at /$schema must be "https://json-schema.org/draft/2020-12/schema"'],
  [JSON.parse('{"properties":{"__proto__":{}}}'), '"__proto__" at /properties is not allowed'],
  [{ description: 'x'.repeat(16_001) }, 'it has more than 16000 characters'],
  [{ enum: many(3_000) }, 'it has more than 2000 values'],
  [nested(40, (inner) => ({ not: inner }), {}), 'it is nested deeper than 32'],
  [nested(200_000, (inner) => [inner], 1), 'it is nested deeper than 32'],
  [{ anyOf: many(201).map(() => ({})) }, 'it consists of more than 200 schemas'],
  [{ allOf: many(4).map(() => ({ uniqueItems: true })) }, 'it has more than 3 uniqueItems'],
])('refuses a schema', (schema, reason) => {
  expect(() => checkUntrustedSchema(schema)).toThrow(SchemaRefusedError);
  expect(() => checkUntrustedSchema(schema)).toThrow(reason);
});

it.each<[unknown, string]>([
  [many(1_001), 'has more than 1000 values'],
  ['x'.repeat(100_001), 'has more than 100000 characters'],
  [nested(200_000, (inner) => [inner], 1), 'is nested deeper than 32'],
])('refuses a value that is too large', (value, message) => {
  expect(validateUntrusted({}, value)).toEqual([{ path: '', message }]);
});

it.each(Object.keys(SAFE_FORMATS))('checks the format %s in time, whatever the text', (format) => {
  const schema = { type: 'string', format };
  const ends = ['', '!', '\u0000', ' ', '@', '.', ':'];
  const cores = ['a', '1', 'a.', '1:', ':', '-', 'a-', 'P1', 'a@a.', '0.', 'a:', '%2', '1T', '::', 'Z+'];
  const texts = cores.flatMap((core) =>
    ends.flatMap((end) => ['', 'P', 'a@', 'http://', '2020-01-01T00:00:00.'].map((start) => start + core.repeat(20_000) + end)),
  );
  validateUntrusted(schema, '');
  expect(Math.max(...texts.map((text) => timeOf(() => validateUntrusted(schema, text))))).toBeLessThan(250);
});

it.each<[string, JsonSchema, unknown]>([
  ['alternatives for each item', { items: { anyOf: many(190).map((index) => ({ type: 'object', required: [`x${index}`] })) } }, many(999)],
  ['contained alternatives', { contains: { anyOf: many(190).map((index) => ({ const: `x${index}` })) } }, many(999)],
  ['items compared with one another', { allOf: many(3).map(() => ({ type: 'array', uniqueItems: true })) }, many(300).map((index) => ({ a: 1, b: index }))],
  ['many missing properties', { items: { required: many(1_500).map((index) => `p${index}`) } }, many(999).map(() => ({}))],
  ['a long list of values', { items: { enum: many(1_900).map((index) => `v${index}`) } }, many(999).map(() => 'v1899')],
])('is bounded in time: %s', (_what, schema, value) => {
  checkUntrustedSchema(schema);
  expect(timeOf(() => validateUntrusted(schema, value))).toBeLessThan(1_000);
});

it('refuses or checks, and never fails otherwise', () => {
  const keyword = fc.constantFrom(
    'type',
    'properties',
    'items',
    'anyOf',
    'not',
    'enum',
    'required',
    'format',
    'minimum',
    '$ref',
    'pattern',
    'if',
    'uniqueItems',
    'const',
  );
  const { schema } = fc.letrec<{ schema: unknown }>((tie) => ({
    schema: fc.oneof(
      { maxDepth: 4 },
      fc.jsonValue({ maxDepth: 1 }),
      fc.dictionary(keyword, tie('schema'), { maxKeys: 3 }),
      fc.array(tie('schema'), { maxLength: 2 }),
    ),
  }));
  fc.assert(
    fc.property(fc.dictionary(keyword, schema, { maxKeys: 4 }), fc.jsonValue(), (tried, value) => {
      try {
        expect(Array.isArray(validateUntrusted(tried, value))).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(SchemaRefusedError);
      }
    }),
    { numRuns: 300 },
  );
});

it('keeps working when more schemas come than it remembers', () => {
  for (const minimum of many(220)) expect(validateUntrusted({ minimum }, minimum - 1)).toEqual([{ path: '', message: `must be >= ${minimum}` }]);
  expect(validateUntrusted({ minimum: 0 }, -1)).toHaveLength(1);
});
