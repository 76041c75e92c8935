import type { EngineState } from './engine/engine-state.js';
import type { FactMap } from './fact.js';

/** What PostgreSQL says of one database, as far as it is ours. */
export interface Catalogue {
  /** 15 to 18 */
  readonly major: number;
  /** As the server calls itself: `18.4`. */
  readonly serverVersion: string;
  readonly facts: FactMap;
  /** The comparing library's own form of the same, which its planner needs. */
  readonly engine: EngineState;
}
