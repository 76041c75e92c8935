import type { FactBase } from '@supabase/pg-delta';

/** What the comparing library knows of a database, cut to what is ours. Opaque outside this folder. */
export interface EngineState {
  readonly base: FactBase;
  /** The roles of the server, which grants and owners may name. */
  readonly roles: readonly string[];
}
