export { PortUnavailableError } from './errors.js';
export { claimKey, keepAnswer, releaseKey, type Claim, type ClaimTerms, type KeptAnswer, type NamedRequest } from './idempotency/idempotency-keys.js';
export { listen, type ListenOptions, type PortVariable } from './listen.js';
export { answerMeanwhile, type Meanwhile } from './meanwhile.js';
export { NestLogger } from './nest-logger.js';
export { purge, type PurgeOptions } from './retention/purge.js';
export { runService, type StartContext } from './run-service.js';
