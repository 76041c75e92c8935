import type { FindingWords } from './finding-words.js';

/** What is said of a migration of this build that has not run. */
export const PENDING: FindingWords = {
  code: 'MIGRATION_PENDING',
  driftClass: 'data',
  severity: 'error',
  explain: 'This build has a migration that has not run here. The comparison is with what did run; npm run migration:run does the rest.',
};
