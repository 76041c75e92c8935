import { PlinthError } from '../errors.js';

/** Somebody else changed the thing since the caller read it. Services throw it when `expectedVersion` is no longer the thing's version. */
export class VersionConflictError extends PlinthError {
  readonly code = 'VERSION_CONFLICT';
  readonly family = 'caller';
  override readonly httpStatus = 412;
  /** @param thing what was to be changed, in words: `agent`. */
  constructor(thing: string) {
    super(`The ${thing} has changed since you read it. GET it again, look at what changed, and send the new ETag as If-Match.`);
  }
}
