import { repositorySync } from '#agents';
import { defineCatalogue } from '#queue';
import { RepositorySyncJob } from './repository-sync.job.js';

/** The kinds of job this worker runs. */
export const catalogue = defineCatalogue(repositorySync);

/** Who runs them: one class a file. A kind without one does not compile. */
export const handlers = { 'repository.sync': RepositorySyncJob } as const;
