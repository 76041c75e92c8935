/** As much of a schema of an OpenAPI document as it takes to find ids in it and to make up a value. */
export interface OpenApiSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly properties?: Readonly<Record<string, OpenApiSchema>>;
  readonly required?: readonly string[];
  readonly items?: OpenApiSchema;
  readonly allOf?: readonly OpenApiSchema[];
  readonly oneOf?: readonly OpenApiSchema[];
  readonly anyOf?: readonly OpenApiSchema[];
  readonly enum?: readonly unknown[];
  readonly example?: unknown;
  readonly default?: unknown;
}

export interface OpenApiParameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: OpenApiSchema;
}

export interface OpenApiOperation {
  readonly parameters?: readonly OpenApiParameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: OpenApiSchema }>> };
}

export interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, OpenApiSchema>> };
}

/** One method of one path, with the path's parameters in braces. */
export interface Route {
  readonly method: string;
  readonly path: string;
  readonly operation: OpenApiOperation;
}

const METHODS = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']);
/** A schema that holds itself ends here. */
const DEEPEST = 6;

/** Every route of a document. */
export function routesOf(document: OpenApiDocument): Route[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => METHODS.has(method))
      .map(([method, operation]): Route => ({ method: method.toUpperCase(), path, operation })),
  );
}

/** The schema of a JSON body, if the route takes one. */
export function bodySchema(operation: OpenApiOperation): OpenApiSchema | undefined {
  return Object.entries(operation.requestBody?.content ?? {}).find(([type]) => type.includes('json'))?.[1].schema;
}

/** The properties of an object's schema, also those it takes over from others. */
export function propertiesOf(document: OpenApiDocument, schema: OpenApiSchema): Readonly<Record<string, { schema: OpenApiSchema; required: boolean }>> {
  const own = resolved(document, schema);
  const from = [...(own.allOf ?? []), ...(own.oneOf ?? []), ...(own.anyOf ?? [])].map((part) => propertiesOf(document, part));
  const named = Object.entries(own.properties ?? {}).map(
    ([name, property]) => [name, { schema: resolved(document, property), required: own.required?.includes(name) === true }] as const,
  );
  return Object.assign({}, ...from, Object.fromEntries(named)) as Readonly<Record<string, { schema: OpenApiSchema; required: boolean }>>;
}

/** Follows references to the schema itself. */
export function resolved(document: OpenApiDocument, schema: OpenApiSchema): OpenApiSchema {
  const name = schema.$ref?.split('/').at(-1);
  const target = name === undefined ? undefined : document.components?.schemas?.[name];
  return target === undefined ? schema : resolved(document, target);
}

/** A value that fits the schema: its example, else its default, else the plainest of its type. Objects hold what they must. */
export function sampleOf(document: OpenApiDocument, schema: OpenApiSchema, depth = 0): unknown {
  const own = resolved(document, schema);
  if (own.example !== undefined) return own.example;
  if (own.default !== undefined) return own.default;
  if (own.enum !== undefined) return own.enum[0];
  const type = typeof own.type === 'string' ? own.type : own.type?.find((one) => one !== 'null');
  if (type === 'array') return [];
  if (type === 'boolean') return false;
  if (type === 'integer' || type === 'number') return 1;
  if (type === 'string') return own.format === 'date-time' ? '2026-01-02T03:04:05.000Z' : 'text';
  if (depth === DEEPEST) return {};
  const required = Object.entries(propertiesOf(document, own)).filter(([, property]) => property.required);
  return Object.fromEntries(required.map(([name, property]) => [name, sampleOf(document, property.schema, depth + 1)]));
}
