import fc from 'fast-check';
import { bodyOf, resolved, type Document, type Parameter, type Route, type Schema } from './document.js';
import { anything, fitting, hostileText, known } from './values.js';

/** What `known` calls the entity tag that GET answers for the path of a request. */
export const ETAG = 'etag';

/** Who sends a request. `root` runs the platform. */
export type Actor = 'owner' | 'viewer' | 'key' | 'nobody' | 'root';

/** A request as it is generated; what `known` stands for is filled in when it is sent. */
export interface FuzzedRequest {
  readonly actor: Actor;
  readonly method: string;
  /** With its query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | undefined;
}

const OTHER_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'];

/** Requests to a route: mostly such as it takes, each with something that a client can get wrong, or does on purpose. */
export function requestsTo(document: Document, route: Route): fc.Arbitrary<FuzzedRequest> {
  const parts = fc.record({
    actor: actorOf(route),
    method: methodOf(document, route),
    target: targetOf(document, route),
    headers: headersOf(document, route),
    sent: bodyFor(document, route),
  });
  return parts.map(({ actor, method, target, headers, sent }) => ({
    actor,
    method,
    target,
    headers: { ...(sent === undefined ? {} : { 'content-type': sent.type }), ...(actor === 'nobody' ? headers : withoutAuthorization(headers)) },
    body: sent?.text,
  }));
}

function actorOf({ path }: Route): fc.Arbitrary<Actor> {
  const usual: Actor = path.startsWith('/v1/admin/') ? 'root' : 'owner';
  return fc.oneof({ arbitrary: fc.constant(usual), weight: 5 }, fc.constantFrom<Actor>('owner', 'viewer', 'key', 'nobody'));
}

function methodOf({ paths }: Document, { method, path }: Route): fc.Arbitrary<string> {
  const unknown = OTHER_METHODS.filter((other) => paths[path]?.[other.toLowerCase()] === undefined);
  return fc.oneof({ arbitrary: fc.constant(method), weight: 30 }, fc.constantFrom(...unknown));
}

const encoded = (text: string): string => encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\uFFFD'));

function targetOf(document: Document, { path, operation }: Route): fc.Arbitrary<string> {
  const query = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query');
  const inPath = [...path.matchAll(/(?:([^/{}]+)\/)?\{([^}]+)\}/g)].map(([, resource, name = '']) => segment(resource ?? name));
  const required = query.filter((parameter) => parameter.required === true).map((parameter) => fittingPair(document, parameter));
  const needed = fc.oneof({ arbitrary: fc.tuple(...required), weight: 5 }, fc.constant([]));
  return fc.tuple(fc.tuple(...inPath), needed, fc.array(queryPair(document, query), { maxLength: 3 })).map(([segments, first, others]) => {
    const filled = segments.reduce((text, value) => text.replace(/\{[^}]+\}/, () => value), path);
    const names = new Set(first.map((pair) => pair.split('=')[0]));
    const pairs = [...first, ...others.filter((pair) => !names.has(pair.split('=')[0]))];
    return pairs.length === 0 ? filled : `${filled}?${pairs.join('&')}`;
  });
}

const segment = (resource: string): fc.Arbitrary<string> =>
  fc.oneof(
    { arbitrary: fc.constant(known(resource)), weight: 8 },
    fc.uuid(),
    hostileText.filter((text) => text.length < 2_000).map(encoded),
    fc.constantFrom('%', '%ff', '%c0%80', '..', '%2e%2e%2f', '00000000-0000-0000-0000-000000000000', 'x'.repeat(300), ';a=b', '%F0%9F%98'),
  );

const fittingPair = (document: Document, { name, schema = {} }: Parameter): fc.Arbitrary<string> =>
  fitting(document, schema, name).map((value) => `${name}=${encoded(String(value))}`);

function queryPair(document: Document, parameters: readonly Parameter[]): fc.Arbitrary<string> {
  const text = hostileText.filter((one) => one.length < 2_000).map(encoded);
  const strange = fc.constantFrom('', '&&', '=', 'a[]=1', 'limit[$ne]=1', '__proto__[x]=1', '%', '%ff=%ff', 'limit', 'cursor=W10', 'unknown=1');
  const of = (parameter: Parameter): fc.Arbitrary<string> =>
    fc.oneof(
      { arbitrary: fittingPair(document, parameter), weight: 4 },
      text.map((value) => `${parameter.name}=${value}`),
    );
  return fc.oneof(...parameters.map((parameter) => ({ arbitrary: of(parameter), weight: 6 })), { arbitrary: strange, weight: 2 });
}

const visibleText = fc.constantFrom(
  '',
  ' ',
  'x',
  '"',
  '"1',
  'W/"1"',
  '*',
  '"1", "2"',
  '-1',
  '\u00e9\u00ff',
  'a\tb',
  'x'.repeat(256),
  'x'.repeat(2_000),
  '0'.repeat(400),
);

function headersOf(document: Document, { operation }: Route): fc.Arbitrary<Record<string, string | readonly string[]>> {
  const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === 'header');
  const values = Object.fromEntries(declared.map((parameter) => [parameter.name, headerValue(document, parameter)]));
  const given = fc.record(values, { requiredKeys: declared.filter(({ required }) => required === true).map(({ name }) => name), noNullPrototype: true });
  const odd = fc.dictionary(
    fc.constantFrom(
      'accept',
      'accept-encoding',
      'x-request-id',
      'traceparent',
      'x-forwarded-for',
      'if-match',
      'idempotency-key',
      'cookie',
      'range',
      'authorization',
      'expect',
      'x-http-method-override',
    ),
    fc.oneof(
      visibleText,
      fc.constantFrom('Bearer', 'Bearer x', 'Basic eDp4', 'Bearer plk_0.0.0', 'bearer a.b.c', 'DELETE', 'text/html;q=0', 'bytes=0-1'),
      fc.constantFrom<readonly string[]>(['a', 'b']),
    ),
    { maxKeys: 2, noNullPrototype: true },
  );
  return fc.oneof(
    { arbitrary: given, weight: 3 },
    fc.tuple(given, odd).map(([one, other]) => ({ ...other, ...one })),
    fc.tuple(given, odd).map(([one, other]) => ({ ...one, ...other })),
  );
}

/** The entity tag of what the path names, a key of the kind that clients send, a reason; now and then something else. */
function headerValue(document: Document, { name, schema = {} }: Parameter): fc.Arbitrary<string> {
  if (name === 'If-Match') return fc.oneof({ arbitrary: fc.constantFrom(known(ETAG), known(ETAG), '"1"'), weight: 6 }, visibleText);
  if (name === 'Idempotency-Key') return fc.oneof({ arbitrary: fc.uuid(), weight: 4 }, visibleText);
  const fits = fitting(document, schema, name).map((value) => String(value).replaceAll(/[^\x20-\x7e]/g, 'x'));
  return fc.oneof({ arbitrary: fits, weight: 6 }, visibleText);
}

function withoutAuthorization({
  authorization: _authorization,
  ...headers
}: Record<string, string | readonly string[]>): Record<string, string | readonly string[]> {
  return headers;
}

interface Body {
  readonly type: string;
  readonly text: string;
}

const JSON_TYPE = 'application/json';
const asJson = (value: unknown): Body => ({ type: JSON_TYPE, text: JSON.stringify(value) });

const unreadable: fc.Arbitrary<Body> = fc.oneof(
  fc
    .constantFrom('{', '{"a":', '[1,]', '{"a":1}{"b":2}', '\ufeff{}', 'NaN', '"text"', '7', 'null', 'undefined', '{"a":1,"a":2}', '', ' ', '{"\\u0000":1}')
    .map((text) => ({ type: JSON_TYPE, text })),
  fc.constantFrom(40, 20_000).map((depth) => ({ type: JSON_TYPE, text: `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}` })),
  fc
    .constantFrom(
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/xml',
      '*/*',
      'x',
      'application/json; charset=utf-16',
      'application/jsonx',
    )
    .map((type) => ({ type, text: '{}' })),
);

function bodyFor(document: Document, route: Route): fc.Arbitrary<Body | undefined> {
  const schema = bodyOf(route);
  if (schema === undefined) return fc.oneof({ arbitrary: fc.constant(undefined), weight: 8 }, anything.map(asJson), unreadable);
  const fits = fitting(document, schema);
  return fc.oneof(
    { arbitrary: fits.map(asJson), weight: 6 },
    { arbitrary: modest(document, schema).map(asJson), weight: 6 },
    { arbitrary: spoiled(document, schema).map(asJson), weight: 8 },
    { arbitrary: anything.map(asJson), weight: 1 },
    { arbitrary: fits.map((value) => asJson([value])), weight: 1 },
    { arbitrary: unreadable, weight: 2 },
    { arbitrary: fc.constant(undefined), weight: 1 },
  );
}

/** A body that fits, with what it must have and at most one property more: of many, one is often at odds with another. */
function modest(document: Document, schema: Schema): fc.Arbitrary<unknown> {
  const { required = [], properties = {} } = resolved(document, schema);
  const others = Object.keys(properties).filter((name) => !required.includes(name));
  return fc.tuple(fitting(document, schema), fc.constantFrom(undefined, ...others)).map(([value, other]) => {
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    return Object.fromEntries(entries.filter(([name]) => required.includes(name) || name === other));
  });
}

/** A body that fits, but for one property: of another kind, missing, or unknown. */
function spoiled(document: Document, schema: Schema): fc.Arbitrary<unknown> {
  const names = Object.keys(resolved(document, schema).properties ?? {});
  const name = fc.constantFrom(...names, 'unknown', 'orgId', 'id', '__proto__');
  return fc.tuple(fitting(document, schema), name, fc.option(anything, { nil: undefined })).map(([value, property, other]) => {
    const body: Record<string, unknown> = typeof value === 'object' && value !== null ? { ...value } : {};
    Object.defineProperty(body, property, { value: other, enumerable: true, configurable: true, writable: true });
    return body;
  });
}
