/**
 * What the OpenAPI document must say of every operation, as a table: each rule looks at one place and answers what is wrong there, in
 * a sentence. `lintOpenApi` answers all of it, each with its place.
 */
import Ajv from 'ajv';
import addFormats from 'ajv-formats';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const PROBLEM = 'application/problem+json';
const JSON_TYPE = 'application/json';
const ACCESS_KINDS = ['permission', 'signed-in', 'system-admin'];

/** Each names a rule; `check` answers sentences about one operation. */
const OPERATION_RULES = {
  'operation-id': ({ operation }) =>
    /^[a-z][a-zA-Z]+$/.test(operation.operationId ?? '') ? [] : [`operationId "${operation.operationId}" is not a readable name in camelCase`],
  summary: ({ operation }) => (operation.summary ? [] : ['has no summary']),
  tag: ({ operation }) => (operation.tags?.length === 1 ? [] : ['has not exactly one tag']),
  security: ({ operation }) => {
    const isProtected = operation['x-required-access'] !== undefined;
    const isSecured = (operation.security ?? []).length > 0;
    return isProtected === isSecured ? [] : [isProtected ? 'is protected and says no security (@ApiBearerAuth)' : 'is public and says security'];
  },
  permission: ({ operation }) => {
    const { 'x-required-access': access, 'x-required-permission': permission } = operation;
    if (access === undefined) return [];
    if (!ACCESS_KINDS.includes(access)) return [`asks for the unknown access "${access}"`];
    return (access === 'permission') === (typeof permission === 'string') ? [] : ['does not say its permission in x-required-permission'];
  },
  unauthorized: ({ operation }) => {
    if (operation['x-required-access'] === undefined) return [];
    return ['401', '403'].filter((status) => operation.responses[status] === undefined).map((status) => `is protected and does not describe ${status}`);
  },
  success: ({ operation }) => {
    const good = Object.entries(operation.responses).filter(([status]) => Number(status) < 400);
    if (good.length === 0) return ['describes no success'];
    return good.flatMap(([status, { description, content }]) => [
      ...(description ? [] : [`says nothing about ${status}`]),
      ...(status === '204' || content !== undefined ? [] : [`does not say what ${status} holds`]),
    ]);
  },
  problems: ({ path, operation }) =>
    Object.entries(operation.responses).flatMap(([status, { content = {}, 'x-problem-codes': codes = [] }]) => {
      if (Number(status) < 400 || !path.startsWith('/v1/')) return [];
      return [
        ...(content[PROBLEM]?.schema?.$ref === '#/components/schemas/ProblemModel' ? [] : [`${status} is not ${PROBLEM} (@ApiProblems)`]),
        ...(codes.length > 0 ? [] : [`${status} names no code: begin its text in @ApiProblems with one, as 'AGENT_IN_USE: the agent has tasks'`]),
      ];
    }),
  parameters: ({ operation }) =>
    (operation.parameters ?? []).filter(({ description }) => !description).map(({ name }) => `the parameter "${name}" has no description`),
  paging: ({ path, operation, document }) => {
    const answer = operation.responses['200']?.content?.[JSON_TYPE]?.schema?.$ref;
    const isPage = answer !== undefined && 'nextCursor' in (named(document, answer)?.properties ?? {});
    const names = (operation.parameters ?? []).map(({ name }) => name);
    const missing = ['limit', 'cursor'].filter((name) => !names.includes(name));
    if (isPage) return missing.map((name) => `answers a page and has no parameter "${name}"`);
    return /^(admin)?list/i.test(operation.operationId ?? '') && !WHOLE_LISTS.has(path) ? ['is a list without nextCursor'] : [];
  },
  'named-schemas': ({ operation }) => {
    const bodies = [['the body', operation.requestBody?.content], ...Object.entries(operation.responses).map(([status, { content }]) => [status, content])];
    return bodies.flatMap(([what, content = {}]) =>
      Object.values(content).flatMap(({ schema }) =>
        schema === undefined || !isAnonymous(schema) ? [] : [`${what} holds an object without a name: make it a class`],
      ),
    );
  },
};

/** Lists that are short by their nature and answered whole. */
const WHOLE_LISTS = new Set(['/v1/me/organizations']);

/** Everything that the document leaves to be wished for: `POST /v1/agents: has no summary (summary)`. */
export function lintOpenApi(document) {
  const operations = operationsOf(document);
  return [
    ...operations.flatMap((place) =>
      Object.entries(OPERATION_RULES).flatMap(([rule, check]) => check(place).map((sentence) => `${place.name}: ${sentence} (${rule})`)),
    ),
    ...duplicates(operations),
    ...exampleAndNameFindings(document, operations),
  ];
}

/** The names of all rules, for the test that plants a violation of each. */
export const RULES = [...Object.keys(OPERATION_RULES), 'unique', 'example', 'anonymous'];

/** Every operation with where it stands. */
export function operationsOf(document) {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method] !== undefined).map((method) => ({
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
      operation: item[method],
      document,
    })),
  );
}

function duplicates(operations) {
  const ids = operations.map(({ operation }) => operation.operationId);
  return operations
    .filter(({ operation }, index) => ids.indexOf(operation.operationId) !== index)
    .map(({ name, operation }) => `${name}: "${operation.operationId}" is another's operationId too (unique)`);
}

const named = (document, reference) => document.components.schemas[reference.replace('#/components/schemas/', '')];

/** An object with fields of its own, or an unknown one; what takes any other field too is data and needs no name. */
function isAnonymous(schema) {
  if (schema.additionalProperties === true) return false;
  return (
    schema.$ref === undefined &&
    (schema.properties !== undefined ||
      (schema.type === 'object' && schema.additionalProperties === undefined) ||
      (schema.items !== undefined && isAnonymous(schema.items)))
  );
}

/** Named schemas hold no anonymous ones, and every example is one of what it is an example of. */
function exampleAndNameFindings(document, operations) {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  const components = { schemas: toJsonSchema(document.components.schemas) };
  const validate = (schema, value) => {
    const own = toJsonSchema(schema);
    const check = ajv.compile(JSON.stringify(own).includes('$ref') ? { ...own, components } : own);
    return check(value) ? undefined : ajv.errorsText(check.errors);
  };
  const ofParameters = operations.flatMap(({ name, operation }) =>
    (operation.parameters ?? []).flatMap((parameter) =>
      parameter.schema.example === undefined ? [] : exampleFindings(`${name} ${parameter.name}`, parameter.schema, validate),
    ),
  );
  const ofSchemas = Object.entries(document.components.schemas).flatMap(([name, { properties = {} }]) =>
    Object.entries(properties).flatMap(([property, schema]) => [
      ...(isAnonymous(schema) && schema.properties !== undefined ? [`${name}.${property}: is an object without a name: make it a class (anonymous)`] : []),
      ...exampleFindings(`${name}.${property}`, schema, validate),
    ]),
  );
  return [...ofParameters, ...ofSchemas];
}

function exampleFindings(place, schema, validate) {
  if (schema.example === undefined) return needsExample(schema) ? [`${place}: has no example (example)`] : [];
  const { example, ...rest } = schema;
  const problem = validate(rest, example);
  return problem === undefined ? [] : [`${place}: its example ${JSON.stringify(example)} is none: ${problem} (example)`];
}

/** What refers to other schemas has their examples; a free object can be left without one. */
function needsExample(schema) {
  if (schema.$ref !== undefined || schema.allOf !== undefined || schema.oneOf !== undefined || schema.anyOf !== undefined) return false;
  if (schema.type === 'array') return needsExample(schema.items);
  return schema.type !== 'object' && schema.type !== undefined && schema.enum === undefined;
}

/** OpenAPI 3.0 says `nullable` where JSON Schema has a type more. */
function toJsonSchema(value) {
  if (Array.isArray(value)) return value.map(toJsonSchema);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, example, ...rest } = value;
  const copy = Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, toJsonSchema(inner)]));
  if (nullable !== true || typeof nullable !== 'boolean') return copy;
  if (copy.enum !== undefined) copy.enum = [...copy.enum, null];
  return typeof copy.type === 'string' ? { ...copy, type: [copy.type, 'null'] } : { anyOf: [copy, { type: 'null' }] };
}
