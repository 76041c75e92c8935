import { repositorySync } from '#agents';
import { defineCatalogue } from '#queue';
import { runAdvance } from '#runs';
import { RepositorySyncJob } from './repository-sync.job.js';
import { RunAdvanceJob } from './run-advance.job.js';

/** The kinds of job this worker runs. */
export const catalogue = defineCatalogue(repositorySync, runAdvance);

/** Who runs them: one class a file. A kind without one does not compile. */
export const handlers = { 'repository.sync': RepositorySyncJob, 'run.advance': RunAdvanceJob } as const;
