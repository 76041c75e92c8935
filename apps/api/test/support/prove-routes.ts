import { newId } from '#database';
import type { Answer } from './http-client.js';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema?: { readonly format?: string };
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: { readonly $ref: string } }>> };
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, { readonly properties?: Readonly<Record<string, { readonly format?: string }>> }>> };
}

export interface Route {
  readonly method: string;
  /** With its parameters in braces. */
  readonly path: string;
  readonly operation: Operation;
}

/** Something that tells one organization about another, or a route that nobody looked at. */
export interface RouteFinding {
  readonly route: string;
  readonly kind: 'differs' | 'not a 404' | 'not covered';
  readonly detail: unknown;
}

export interface RouteProof {
  /** Sends a request with the token of the organization that attacks. */
  readonly call: (method: string, path: string) => Promise<Answer>;
  /** An id of the organization under attack for each resource or parameter that can name one. */
  readonly theirIds: Readonly<Record<string, string>>;
}

/** Every route of an OpenAPI document. */
export function routesOf(document: Document): Route[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Route => ({ method: method.toUpperCase(), path, operation })),
  );
}

/** Reads an OpenAPI document. */
export function documentFrom(text: string): Document {
  return JSON.parse(text) as Document;
}

/**
 * Puts the other organization's ids into every place of every route that takes one, and compares the answers with those for
 * ids that nobody has. A place for which `theirIds` has nothing is a finding, so that a new route is covered or red.
 */
export async function proveRoutes(document: Document, { call, theirIds }: RouteProof): Promise<RouteFinding[]> {
  const findings: RouteFinding[] = [];
  for (const { method, path, operation } of routesOf(document)) {
    for (const { name, fill } of placesOf(path, operation)) {
      const route = `${method} ${path} (${name})`;
      const theirs = theirIds[name];
      if (theirs === undefined) findings.push({ route, kind: 'not covered', detail: name });
      else findings.push(...(await compare(route, theirs, (id) => call(method, fill(id)))));
    }
    for (const property of idsInBody(document, operation)) findings.push({ route: `${method} ${path}`, kind: 'not covered', detail: `the property "${property}" of the body takes an id` });
  }
  return findings;
}

interface Place {
  readonly name: string;
  readonly fill: (id: string) => string;
}

/** The path (named by the resource before the id) and each parameter of the query that is an id. */
function placesOf(path: string, operation: Operation): Place[] {
  const inQuery = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query' && parameter.schema?.format === 'uuid');
  const places = inQuery.map(({ name }): Place => ({ name, fill: (id) => `${path}?${name}=${id}` }));
  const resource = /([^/]+)\/\{/.exec(path)?.[1];
  if (resource !== undefined) places.push({ name: resource, fill: (id) => path.replaceAll(/\{[^}]+\}/g, id) });
  return places;
}

function idsInBody(document: Document, operation: Operation): string[] {
  return Object.values(operation.requestBody?.content ?? {}).flatMap(({ schema }) => {
    const properties = document.components.schemas[schema.$ref.split('/').at(-1) ?? '']?.properties ?? {};
    return Object.entries(properties).filter(([, { format }]) => format === 'uuid').map(([name]) => name);
  });
}

async function compare(route: string, theirs: string, send: (id: string) => Promise<Answer>): Promise<RouteFinding[]> {
  const nobodys = newId();
  const one = visible(await send(theirs), theirs);
  const other = visible(await send(nobodys), nobodys);
  if (JSON.stringify(one) !== JSON.stringify(other)) return [{ route, kind: 'differs', detail: { theirs: one, nobodys: other } }];
  return one.status === 404 ? [] : [{ route, kind: 'not a 404', detail: one }];
}

/** What a caller can see of an answer, with what differs between any two requests taken out. */
function visible({ status, headers, text }: Answer, id: string): { status: number; headers: object; text: string } {
  const { date: _date, 'x-request-id': requestId = '', ...rest } = headers;
  return { status, headers: rest, text: text.replaceAll(requestId, '<request>').replaceAll(id, '<id>') };
}
