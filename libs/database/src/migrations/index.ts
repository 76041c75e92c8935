import { Initial1795216500000 } from './1795216500000-initial.js';

/** Every migration. Listed by hand: a compiled file whose source is gone must not run. */
export const migrations = [
  // Oldest first.
  Initial1795216500000,
] as const;
