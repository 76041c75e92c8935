import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { clientTypes } from '../openapi/client-types.mjs';
import { lintOpenApi, RULES } from '../openapi/lint.mjs';

type Json = Record<string, unknown>;

const ROOT = process.cwd();
const TYPES = join(ROOT, 'libs', 'client', 'src', 'schema.generated.ts');
const committed = (): Json => JSON.parse(readFileSync(join(ROOT, 'docs', 'openapi.json'), 'utf8')) as Json;

const problem = { description: 'AGENT_IN_USE: it has tasks', 'x-problem-codes': ['AGENT_IN_USE'], content: problemContent() };

function problemContent(): Json {
  return { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemModel' } } };
}

/** A document of one operation, which has nothing wrong; `changes` to the operation, and named schemas beside its own. */
function document(changes: Json = {}, schemas: Json = {}): Json {
  const listThings = {
    operationId: 'listThings',
    summary: 'List the things',
    tags: ['Things'],
    security: [{ bearer: [] }],
    'x-required-access': 'permission',
    'x-required-permission': 'thing:read',
    parameters: ['limit', 'cursor'].map((name) => ({ name, in: 'query', description: 'Of the page.', schema: { type: 'string' } })),
    responses: {
      '200': { description: 'A page', content: { 'application/json': { schema: { $ref: '#/components/schemas/ThingPage' } } } },
      '401': problem,
      '403': problem,
    },
    ...changes,
  };
  const ThingPage = { type: 'object', properties: { nextCursor: { type: 'string', nullable: true, example: null } } };
  return { paths: { '/v1/things': { get: listThings } }, components: { schemas: { ThingPage, ProblemModel: { type: 'object', properties: {} }, ...schemas } } };
}

const responses = (status: string, response: Json): Json => ({
  responses: { ...((document()['paths'] as Record<string, Record<string, Json>>)['/v1/things']?.['get']?.['responses'] as Json), [status]: response },
});
const schema = (properties: Json): Json => ({ Thing: { type: 'object', properties } });
const jsonOf = (holds: Json): Json => ({ description: 'It', content: { 'application/json': { schema: holds } } });

/** [the rule, a document that breaks it] */
const PLANTS: readonly [string, Json][] = [
  ['operation-id', document({ operationId: 'Things_list' })],
  ['summary', document({ summary: '' })],
  ['tag', document({ tags: [] })],
  ['security', document({ security: undefined })],
  ['permission', document({ 'x-required-permission': null })],
  ['unauthorized', document({ responses: { '200': jsonOf({ $ref: '#/components/schemas/ThingPage' }) } })],
  ['success', document(responses('200', { description: '' }))],
  ['problems', document(responses('404', { description: 'there is none', content: problemContent() }))],
  ['problems', document(responses('404', { ...problem, content: { 'application/json': {} } }))],
  ['parameters', document({ parameters: [{ name: 'limit', in: 'query', schema: {} }] })],
  ['paging', document({ parameters: [] })],
  ['paging', document({ operationId: 'listAll', ...responses('200', jsonOf({ $ref: '#/components/schemas/ProblemModel' })) })],
  ['named-schemas', document(responses('201', jsonOf({ type: 'object', properties: {} })))],
  ['unique', { ...document(), paths: { ...(document()['paths'] as Json), '/v1/others': (document()['paths'] as Json)['/v1/things'] } }],
  ['example', document({}, schema({ id: { type: 'string', format: 'uuid', example: '4711' } }))],
  ['example', document({}, schema({ name: { type: 'string' } }))],
  ['example', document({ parameters: [{ name: 'limit', in: 'query', description: 'Of it.', schema: { type: 'integer', example: 'ten' } }] })],
  ['anonymous', document({}, schema({ inner: { type: 'object', properties: {}, example: {} } }))],
];

/** Every code that an error or a problem of ours has. */
function codesInSources(): Set<string> {
  const files = ['apps/api/src', 'libs'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).flatMap((file) =>
      /(?<!spec|generated)\.ts$/.test(file) ? [join(ROOT, folder, file)] : [],
    ),
  );
  return new Set(
    files.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/(?:code(?: = |: )|refused\(|conflict\(|busy\()'([A-Z_]+)'/g)].map(([, code = '']) => code),
    ),
  );
}

describe('the OpenAPI document', () => {
  it('says of every operation what the rules ask for', () => {
    expect(lintOpenApi(committed())).toEqual([]);
  });

  it('names only codes that the sources know', () => {
    const named = new Set(
      JSON.stringify(committed())
        .match(/(?<="x-problem-codes":\[)[^\]]*/g)
        ?.flatMap((codes) => JSON.parse(`[${codes}]`) as string[]),
    );
    expect(named.size).toBeGreaterThan(40);
    const known = codesInSources();
    expect([...named].filter((code) => !known.has(code))).toEqual([]);
  });

  it('is what the types of the client were generated from (npm run openapi)', async () => {
    const text = await format(clientTypes(committed()), { ...(await resolveConfig(TYPES)), parser: 'typescript' });
    expect(readFileSync(TYPES, 'utf8')).toBe(text);
  });
});

describe('the rules for the OpenAPI document', () => {
  it('find nothing where nothing is wrong', () => {
    expect(lintOpenApi(document())).toEqual([]);
  });

  it.each(PLANTS)('%s finds what breaks it', (rule, broken) => {
    expect(lintOpenApi(broken)).toEqual(expect.arrayContaining([expect.stringContaining(`(${rule})`)]));
  });

  it('are each proven by a plant', () => {
    expect([...new Set(PLANTS.map(([rule]) => rule))].sort()).toEqual([...RULES].sort());
  });
});
