import type { JsonObject, JsonValue } from '../json.js';

/** The type of the values that a JSON Schema allows, as far as types can say it; where they cannot, any JSON. */
export type SchemaValue<S> = S extends { readonly const: infer C }
  ? C
  : S extends { readonly enum: readonly (infer E)[] }
    ? E
    : S extends { readonly type: infer T }
      ? TypedValue<S, T>
      : JsonValue;

type TypedValue<S, T> = T extends 'string'
  ? string
  : T extends 'integer' | 'number'
    ? number
    : T extends 'boolean'
      ? boolean
      : T extends 'null'
        ? null
        : T extends 'array'
          ? readonly (S extends { readonly items: infer I } ? SchemaValue<I> : JsonValue)[]
          : T extends 'object'
            ? ObjectValue<S>
            : JsonValue;

type ObjectValue<S> = S extends { readonly properties: infer P } ? PropertyValues<P, RequiredNames<S>> : JsonObject;

type RequiredNames<S> = S extends { readonly required: readonly (infer R)[] } ? R : never;

type PropertyValues<P, R> = { readonly [K in keyof P as K extends R ? K : never]: SchemaValue<P[K]> } & {
  readonly [K in keyof P as K extends R ? never : K]?: SchemaValue<P[K]>;
};
