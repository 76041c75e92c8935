import type { FactValue, SchemaFact } from '../catalogue/fact.js';

/** One place where two catalogues differ. */
export type Difference =
  | { readonly verb: 'missing'; readonly fact: SchemaFact }
  | { readonly verb: 'extra'; readonly fact: SchemaFact }
  | {
      readonly verb: 'changed';
      /** As it should be. */
      readonly fact: SchemaFact;
      /** As it is. */
      readonly found: SchemaFact;
      readonly attribute: string;
      readonly expected: FactValue;
      readonly actual: FactValue;
    };
