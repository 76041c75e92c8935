import { repositorySync } from '#agents';
import { defineCatalogue } from '#queue';
import { runAdvance, taskSettle, taskStart, usageCount, usageScan } from '#runs';
import { maintenancePurge, MaintenancePurgeJob } from './maintenance-purge.job.js';
import { RepositorySyncJob } from './repository-sync.job.js';
import { RunAdvanceJob } from './run-advance.job.js';
import { TaskSettleJob } from './task-settle.job.js';
import { TaskStartJob } from './task-start.job.js';
import { UsageCountJob } from './usage-count.job.js';
import { UsageScanJob } from './usage-scan.job.js';

/** The kinds of job this worker runs. */
export const catalogue = defineCatalogue(repositorySync, runAdvance, taskStart, taskSettle, usageScan, usageCount, maintenancePurge);

/** Who runs them: one class a file. A kind without one does not compile. */
export const handlers = {
  'repository.sync': RepositorySyncJob,
  'run.advance': RunAdvanceJob,
  'task.start': TaskStartJob,
  'task.settle': TaskSettleJob,
  'usage.scan': UsageScanJob,
  'usage.count': UsageCountJob,
  'maintenance.purge': MaintenancePurgeJob,
} as const;
