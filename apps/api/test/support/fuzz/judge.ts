import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { Content, Document, Route } from './document.js';
import type { RawAnswer } from './send.js';

const DOCUMENT = 'openapi';
const PROBLEM_MODEL = { $ref: '#/components/schemas/ProblemModel' };
const PROBLEM = /^application\/problem\+json; charset=utf-8$/;

/** What any request can be answered with before it reaches a handler; no route says so of itself. */
const BEFORE_HANDLERS = new Set([
  'BAD_REQUEST',
  'MALFORMED_JSON',
  'ROUTE_NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'BODY_TOO_LARGE',
  'URL_TOO_LONG',
  'UNSUPPORTED_MEDIA_TYPE',
  'HEADERS_TOO_LARGE',
  'VALIDATION_FAILED',
]);

/** Compares answers with what the OpenAPI document says of them. */
export class Judge {
  readonly #ajv = addFormats.default(new Ajv({ strict: false, allErrors: true }));
  readonly #compiled = new Map<object, ValidateFunction>();

  constructor(document: Document) {
    this.#ajv.addSchema({ $id: DOCUMENT, components: asJsonSchema(document.components) });
  }

  /** What is wrong with an answer of a route, in words; nothing, where it is as documented. */
  faults(route: Route, { status, headers, text }: RawAnswer): string[] {
    const faults: string[] = [];
    const requestId = headers['x-request-id'];
    if (requestId === undefined || requestId === '') faults.push('there is no X-Request-Id');
    if (status >= 500) faults.push('it failed');
    return [...faults, ...(status >= 400 ? this.#problem(route, { status, headers, text }) : this.#success(route, { status, headers, text }))];
  }

  #success({ operation }: Route, { status, headers, text }: RawAnswer): string[] {
    const documented = operation.responses[String(status)];
    if (documented === undefined) return [`${status} is not documented`];
    if (documented.content === undefined) return text === '' ? [] : ['there is a body where none is documented'];
    return this.#body(documented.content, { status, headers, text });
  }

  #problem({ operation }: Route, answer: RawAnswer): string[] {
    const { status, headers, text } = answer;
    const documented = operation.responses[String(status)];
    if (documented?.content !== undefined && !('application/problem+json' in documented.content)) return this.#body(documented.content, answer);
    if (!PROBLEM.test(headers['content-type'] ?? '')) return [`an error is "${headers['content-type'] ?? ''}"`];
    const body = parsed(text);
    const faults = this.#check(PROBLEM_MODEL, body);
    if (faults.length > 0) return faults;
    const problem = body as { readonly status: number; readonly code: string; readonly requestId: string };
    if (problem.status !== status) faults.push(`the problem says ${problem.status}`);
    if (problem.requestId !== headers['x-request-id']) faults.push('the problem has another request id');
    const codes = documented?.['x-problem-codes'] ?? [];
    if (!codes.includes(problem.code) && !BEFORE_HANDLERS.has(problem.code)) faults.push(`${status} ${problem.code} is not documented`);
    if (status === 401 && headers['www-authenticate'] === undefined) faults.push('401 without WWW-Authenticate');
    return faults;
  }

  #body(content: Content, { headers, text }: RawAnswer): string[] {
    const type = (headers['content-type'] ?? '').split(';')[0] ?? '';
    const documented = content[type];
    if (documented === undefined) return [`the type "${type}" is not documented`];
    return documented.schema === undefined || type === 'text/event-stream' ? [] : this.#check(documented.schema, parsed(text));
  }

  #check(schema: object, value: unknown): string[] {
    const validate = this.#compiled.get(schema) ?? this.#ajv.compile(rooted(asJsonSchema(schema)));
    this.#compiled.set(schema, validate);
    if (validate(value) === true) return [];
    return (validate.errors ?? []).map(({ instancePath, message, params }) => `the body ${instancePath} ${message ?? ''} ${JSON.stringify(params)}`);
  }
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/** JSON Schema in place of OpenAPI 3.0's: null where it may be null, no examples, and no property that is not named. */
function asJsonSchema(schema: object): object {
  const { nullable, example: _example, ...rest } = Object.fromEntries(Object.entries(schema)) as Record<string, unknown>;
  const own = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, name === 'properties' ? eachOf(value) : translated(value)]));
  const closed = 'properties' in own && !('additionalProperties' in own) ? { ...own, additionalProperties: false } : own;
  return nullable === true ? { anyOf: [closed, { type: 'null' }] } : closed;
}

const translated = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(translated) : typeof value === 'object' && value !== null ? asJsonSchema(value) : value;

const eachOf = (properties: unknown): unknown =>
  Object.fromEntries(Object.entries(Object(properties) as object).map(([name, value]) => [name, translated(value)]));

/** References of the document, from outside of it. */
function rooted(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', `"${DOCUMENT}#/components/`)) as object;
}
