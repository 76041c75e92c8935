import { bodySchema, propertiesOf, resolved, sampleOf, type OpenApiDocument, type OpenApiSchema, type Route } from './openapi.js';

/** A request as it is put together: parameters of the path still in braces until they are filled in. */
export interface Draft {
  path: string;
  readonly query: Record<string, string>;
  body: unknown;
}

/** Somewhere in a request where an id goes. */
export interface Place {
  readonly in: 'path' | 'query' | 'body';
  /** What the ids for it may be listed under, the most telling first. */
  readonly names: readonly [string, ...string[]];
  readonly required: boolean;
  put(draft: Draft, id: string): void;
}

type BodyPath = readonly (string | 0)[];

const DEEPEST = 6;

/** Every place of a route that takes an id: all parameters of the path, and what says so by format or name elsewhere. */
export function placesOf(document: OpenApiDocument, { path, operation }: Route): Place[] {
  const inPath = [...path.matchAll(/(?:([^/{}]+)\/)?\{([^}]+)\}/g)].map(([, resource, name = '']): Place => ({
    in: 'path',
    names: resource === undefined ? [name] : [resource, name],
    required: true,
    put: (draft, id) => void (draft.path = draft.path.replace(`{${name}}`, id)),
  }));
  const inQuery = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query' && isId(document, parameter.name, parameter.schema ?? {}));
  const schema = bodySchema(operation);
  return [
    ...inPath,
    ...inQuery.map(({ name, required }): Place => ({
      in: 'query',
      names: [name],
      required: required === true,
      put: (draft, id) => void (draft.query[name] = id),
    })),
    ...(schema === undefined ? [] : placesInBody(document, schema, [])),
  ];
}

/** A request to the route that is as good as the document can make it, with no id filled in. */
export function draftOf(document: OpenApiDocument, { path, operation }: Route): Draft {
  const needed = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query' && parameter.required === true);
  const query = Object.fromEntries(needed.map(({ name, schema }) => [name, String(sampleOf(document, schema ?? { type: 'string' }))]));
  const schema = bodySchema(operation);
  return { path, query, body: schema === undefined ? undefined : structuredClone(sampleOf(document, schema)) };
}

/** The path with its query. */
export function targetOf({ path, query }: Draft): string {
  const text = new URLSearchParams(query).toString();
  return text === '' ? path : `${path}?${text}`;
}

function isId(document: OpenApiDocument, name: string, schema: OpenApiSchema): boolean {
  const own = resolved(document, schema);
  const one = own.items === undefined ? own : resolved(document, own.items);
  return one.format === 'uuid' || (/^ids?$|Ids?$|_ids?$/.test(name) && one.properties === undefined);
}

function placesInBody(document: OpenApiDocument, schema: OpenApiSchema, at: BodyPath): Place[] {
  if (at.length > DEEPEST) return [];
  return Object.entries(propertiesOf(document, schema)).flatMap(([name, property]) => {
    const items = property.schema.items;
    const here: BodyPath = items === undefined ? [...at, name] : [...at, name, 0];
    if (!isId(document, name, property.schema)) return placesInBody(document, items ?? property.schema, here);
    const place: Place = { in: 'body', names: [name], required: property.required, put: (draft, id) => void (draft.body = withValue(draft.body, here, id)) };
    return [place];
  });
}

/** A copy of `body` with `value` at a path, whatever objects and lists it takes to get there. */
function withValue(body: unknown, [key, ...rest]: BodyPath, value: string): unknown {
  if (key === undefined) return value;
  if (key === 0) return [withValue(Array.isArray(body) ? body[0] : undefined, rest, value)];
  const object: Readonly<Record<string, unknown>> = typeof body === 'object' && body !== null ? { ...body } : {};
  return { ...object, [key]: withValue(object[key], rest, value) };
}
