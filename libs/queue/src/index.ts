export {
  defineJob,
  defineSystemJob,
  type AnyJobDefinition,
  type Backoff,
  type JobDefinition,
  type JobOptions,
  type JobSchedule,
  type PayloadOf,
  type SystemJobDefinition,
  type SystemJobOptions,
} from './catalogue/define-job.js';
export { defineCatalogue, type Catalogue, type DefinitionOf, type KindOf } from './catalogue/catalogue.js';
export { flag, number, optional, payloadOf, text, uuid, type FieldParser, type PayloadOfShape, type PayloadShape } from './catalogue/payload.js';
export type { HandlersOf, JobHandler, JobWork, SystemJobWork, WorkOf } from './catalogue/handlers.js';
export { enqueue, enqueueMany, type EnqueuedJob, type EnqueueItem, type EnqueueOptions, type JobPriority } from './enqueue/enqueue.js';
export { createQueueWorker, QueueWorker, type QueueWorkerInput } from './worker/queue-worker.js';
export { DEFAULT_QUEUE_OPTIONS, type QueueOptions } from './worker/options.js';
export type { QueueDatabase } from './worker/queue-database.js';
export type { WorkerStats } from './worker/worker-stats.js';
export type { Lease } from './worker/lease.js';
export { QueueModule, type HandlerClassesOf, type QueueModuleOptions } from './queue.module.js';
export { listDeadJobs, retryDeadJobs, type DeadJob, type DeadJobFilter } from './operate/dead-jobs.js';
export { readClassLag, type ClassLag } from './health/class-lag.js';
export { queueProbe } from './health/queue-probe.js';
export {
  DuplicateJobKindError,
  InvalidEnqueueOptionError,
  InvalidJobDefinitionError,
  InvalidPayloadError,
  InvalidQueueOptionError,
  InvalidScheduleError,
  JobTimeoutError,
  LeaseLostError,
  MissingHandlerError,
  UnrecoverableJobError,
  WorkerDrainingError,
} from './errors.js';
