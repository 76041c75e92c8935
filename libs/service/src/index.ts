export { PortUnavailableError } from './errors.js';
export { listen, type ListenOptions, type PortVariable } from './listen.js';
export { answerMeanwhile, type Meanwhile } from './meanwhile.js';
export { NestLogger } from './nest-logger.js';
export { runService, type StartContext } from './run-service.js';
