export type { Tokens } from './authorization.js';
export { createPlinthClient, dataOf, type PlinthClient, type PlinthClientOptions } from './create-plinth-client.js';
export { PlinthApiError, PlinthProtocolError, PlinthUnreachableError, type FieldProblem } from './errors.js';
export type { FollowOptions } from './runs/follow-run.js';
export { endsRun, type RunEvent } from './runs/run-event.js';
export type { components, paths } from './schema.generated.js';
