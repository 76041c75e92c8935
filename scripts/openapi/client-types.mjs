/**
 * Writes the TypeScript types of an OpenAPI 3.0 document in the shape that `openapi-fetch` reads: `paths`, each with its methods, and
 * `components` with the named schemas. Only what Plinth's own document uses is known; anything else stops with its place.
 */
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
const PLACES = ['query', 'header', 'path'];
const IDEMPOTENCY_KEY = 'Idempotency-Key';

/** The text of schema.generated.ts for the document, before it is formatted. */
export function clientTypes(document) {
  const schemas = Object.entries(document.components.schemas).map(([name, schema]) => `${comment(schema.description)}${key(name)}: ${typeOf(schema, name)};`);
  const paths = Object.entries(document.paths).map(([path, item]) => `${key(path)}: {\n${methodsOf(item, path)}\n};`);
  return [
    '// Written by `npm run openapi` from docs/openapi.json. Change the routes, not this file.',
    '',
    '/** Every path of the API with its methods, as openapi-fetch reads them. */',
    `export interface paths {\n${paths.join('\n')}\n}`,
    '',
    '/** The named shapes of requests and answers. */',
    `export interface components {\nschemas: {\n${schemas.join('\n')}\n};\n}`,
    '',
    '/** The operations that are carried out once for one Idempotency-Key, as `POST /v1/agents`. */',
    `export const IDEMPOTENT_OPERATIONS: ReadonlySet<string> = new Set(${JSON.stringify(idempotentOperations(document))});`,
    '',
  ].join('\n');
}

function idempotentOperations({ paths }) {
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.filter((method) => (item[method]?.parameters ?? []).some(({ name }) => name === IDEMPOTENCY_KEY)).map(
      (method) => `${method.toUpperCase()} ${path}`,
    ),
  );
}

function methodsOf(item, path) {
  return METHODS.filter((method) => item[method] !== undefined)
    .map((method) => {
      const operation = item[method];
      const at = `${method.toUpperCase()} ${path}`;
      return `${comment([operation.summary, operation.description].filter(Boolean).join('. '))}${method}: {\n${operationOf(operation, at)}\n};`;
    })
    .join('\n');
}

function operationOf(operation, at) {
  const parameters = PLACES.map((place) => placeOf(operation.parameters ?? [], place, at)).join('\n');
  const { requestBody } = operation;
  const body = requestBody === undefined ? 'requestBody?: never;' : `requestBody${requestBody.required ? '' : '?'}: ${contentOf(requestBody.content, at)};`;
  const responses = Object.entries(operation.responses).map(([status, response]) => `${comment(response.description)}${status}: ${answerOf(response, at)};`);
  return `parameters: {\n${parameters}\n};\n${body}\nresponses: {\n${responses.join('\n')}\n};`;
}

function placeOf(parameters, place, at) {
  const here = parameters.filter((parameter) => parameter.in === place);
  if (here.length === 0) return `${place}?: never;`;
  const fields = here.map(
    ({ name, required, description, schema }) => `${comment(description)}${key(name)}${required ? '' : '?'}: ${typeOf(schema, `${at} ${name}`)};`,
  );
  return `${place}${here.some(({ required }) => required) ? '' : '?'}: {\n${fields.join('\n')}\n};`;
}

function answerOf(response, at) {
  return response.content === undefined ? '{ content?: never }' : contentOf(response.content, at);
}

function contentOf(content, at) {
  const kinds = Object.entries(content).map(([kind, { schema }]) => `${key(kind)}: ${schema === undefined ? 'unknown' : typeOf(schema, at)};`);
  return `{ content: {\n${kinds.join('\n')}\n} }`;
}

function typeOf(schema, at) {
  const type = plainTypeOf(schema, at);
  return schema.nullable === true && !type.split(' | ').includes('null') ? `${type} | null` : type;
}

function plainTypeOf(schema, at) {
  if (schema.$ref !== undefined) return `components['schemas'][${JSON.stringify(schema.$ref.replace('#/components/schemas/', ''))}]`;
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.allOf !== undefined) return schema.allOf.map((part) => enclosed(typeOf(part, at))).join(' & ');
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices !== undefined) return choices.map((part) => typeOf(part, at)).join(' | ');
  if (schema.type in SIMPLE) return SIMPLE[schema.type];
  if (schema.type === 'array') return `${enclosed(typeOf(schema.items, at))}[]`;
  if (schema.type === 'object') return objectOf(schema, at);
  // A schema without a type allows every JSON value.
  if (schema.type === undefined && schema.properties === undefined) return 'unknown';
  throw new Error(
    `${at}: the generator of the client does not know the schema ${JSON.stringify(schema)}. Teach scripts/openapi/client-types.mjs, or name a known one.`,
  );
}

const SIMPLE = { string: 'string', number: 'number', integer: 'number', boolean: 'boolean', null: 'null' };

function objectOf({ properties, required = [], additionalProperties }, at) {
  const fields = Object.entries(properties ?? {});
  if (fields.length === 0) return `Record<string, ${typeof additionalProperties === 'object' ? typeOf(additionalProperties, at) : 'unknown'}>`;
  const lines = fields.map(
    ([name, schema]) => `${comment(schema.description)}${key(name)}${required.includes(name) ? '' : '?'}: ${typeOf(schema, `${at}.${name}`)};`,
  );
  const others = additionalProperties === true ? ['[other: string]: unknown;'] : [];
  return `{\n${[...lines, ...others].join('\n')}\n}`;
}

function enclosed(type) {
  return / [|&] /.test(type) ? `(${type})` : type;
}

function key(name) {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name}'`;
}

function comment(text) {
  return text === undefined || text === '' ? '' : `/** ${text.replaceAll('*/', '* /').replace(/\s+/g, ' ')} */\n`;
}
