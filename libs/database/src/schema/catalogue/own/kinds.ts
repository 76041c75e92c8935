import type { OwnFactKind } from './own-fact-kind.js';

/** Every kind of fact that we read ourselves. */
export const OWN_FACT_KINDS: readonly OwnFactKind[] = [];
