import type { JsonSchema } from '../../json.js';
import { SchemaRefusedError } from '../errors.js';
import { CompiledSchemas } from './compiled-schemas.js';
import { oversize, type JsonBounds } from './json-size.js';
import { problemsOf, type ValidationProblem } from './validation-problem.js';

const SCHEMA_BOUNDS: JsonBounds = { maxValues: 2_000, maxDepth: 32, maxCharacters: 16_000 };
const VALUE_BOUNDS: JsonBounds = { maxValues: 1_000, maxDepth: 32, maxCharacters: 100_000 };
const DIALECT = 'https://json-schema.org/draft/2020-12/schema';
const MAX_SUBSCHEMAS = 200;
/** Each compares all items of a list with one another. */
const MAX_UNIQUE_ITEMS = 3;

const PLAIN = new Set(
  (
    'type enum const title description default examples deprecated readOnly writeOnly $comment $schema format required dependentRequired ' +
    'minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength minItems maxItems uniqueItems minContains maxContains ' +
    'minProperties maxProperties'
  ).split(' '),
);
const WITH_SCHEMA = new Set('items contains additionalProperties propertyNames not if then else unevaluatedItems unevaluatedProperties'.split(' '));
const WITH_SCHEMA_LIST = new Set(['prefixItems', 'allOf', 'anyOf', 'oneOf']);
const WITH_SCHEMA_MAP = new Set(['properties', 'dependentSchemas']);

/** Why a keyword that JSON Schema knows is not allowed here. */
const REFUSED = new Map([
  ...['pattern', 'patternProperties'].map((name) => [name, 'regular expressions can take for ever. Use enum, format, minLength or maxLength'] as const),
  ...['$ref', '$dynamicRef', '$defs', 'definitions'].map(
    (name) => [name, 'references can make a small schema endless. Write what it refers to in its place'] as const,
  ),
  ...['$id', '$anchor', '$dynamicAnchor'].map((name) => [name, 'nothing can refer to it'] as const),
]);

/** One error is enough of a schema that could be made to find millions. */
const compiled = new CompiledSchemas({ strictSchema: true, strictTypes: false, strictTuples: false, strictRequired: false, allErrors: false }, 200);

/**
 * Whether a JSON Schema (2020-12) that was written by a tenant or a model can be used. What could keep the process busy is not
 * allowed: checking a value costs at most its size times that of the schema. Hence no regular expressions and no references:
 * the engine for the one backtracks without an end that could be set, and the others multiply.
 * @throws SchemaRefusedError with what is wrong and where.
 */
export function checkUntrustedSchema(schema: unknown): asserts schema is JsonSchema {
  const size = oversize(schema, SCHEMA_BOUNDS);
  if (size !== undefined) throw new SchemaRefusedError(`it ${size}.`);
  if (!isObject(schema)) throw new SchemaRefusedError('it is no object.');
  new KeywordCheck().schema(schema, '');
  try {
    compiled.get(schema);
  } catch (error) {
    throw new SchemaRefusedError(`${error instanceof Error ? error.message : 'it is no JSON Schema'}.`, error);
  }
}

/**
 * What is wrong with `value`, which somebody sent, by a schema that somebody wrote; empty where nothing is.
 * @throws SchemaRefusedError for a schema that cannot be used.
 */
export function validateUntrusted(schema: unknown, value: unknown): readonly ValidationProblem[] {
  checkUntrustedSchema(schema);
  const size = oversize(value, VALUE_BOUNDS);
  if (size !== undefined) return [{ path: '', message: size }];
  const validate = compiled.get(schema);
  return validate(value) ? [] : problemsOf(validate.errors ?? []);
}

/** Walks the places where a schema stands, so that a property may be named like a keyword. */
class KeywordCheck {
  private subschemas = 0;
  private uniqueItems = 0;

  schema(schema: unknown, path: string): void {
    this.subschemas += 1;
    if (this.subschemas > MAX_SUBSCHEMAS) throw new SchemaRefusedError(`it consists of more than ${MAX_SUBSCHEMAS} schemas.`);
    if (!isObject(schema)) return;
    for (const [keyword, value] of Object.entries(schema)) this.keyword(keyword, value, `${path}/${keyword}`);
  }

  private keyword(keyword: string, value: unknown, path: string): void {
    if (keyword === 'uniqueItems') this.uniqueItems += 1;
    if (this.uniqueItems > MAX_UNIQUE_ITEMS) throw new SchemaRefusedError(`it has more than ${MAX_UNIQUE_ITEMS} uniqueItems.`);
    if (keyword === '$schema' && value !== DIALECT) throw new SchemaRefusedError(`"$schema" at ${path} must be "${DIALECT}", or left out.`);
    if (PLAIN.has(keyword)) return;
    if (WITH_SCHEMA.has(keyword)) return this.schema(value, path);
    if (WITH_SCHEMA_LIST.has(keyword)) return entriesOf(value).forEach(([name, item]) => this.schema(item, `${path}/${name}`));
    if (!WITH_SCHEMA_MAP.has(keyword))
      throw new SchemaRefusedError(`"${keyword}" at ${path} is not allowed: ${REFUSED.get(keyword) ?? 'it is no keyword that is known here'}.`);
    for (const [name, item] of entriesOf(value)) {
      if (name === '__proto__') throw new SchemaRefusedError(`"__proto__" at ${path} is not allowed as a name.`);
      this.schema(item, `${path}/${name}`);
    }
  }
}

/** What is neither a list nor an object is left to the meta-schema. */
function entriesOf(value: unknown): readonly (readonly [name: string, value: unknown])[] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
