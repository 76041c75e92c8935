export const hello = (): string => 'hi';

export { PlinthError, sqlStateOf, type ErrorFamily, type PlinthErrorOptions } from './errors.js';
export { isUuid, newId } from './ids.js';

// entities
export * from './entities/index.js';
