export { Idempotent } from './idempotent.decorator.js';
