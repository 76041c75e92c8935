import { CouldNotLookError } from '../errors.js';

/** A check needs a connection that there is none of. */
export class NotReachedError extends CouldNotLookError {
  readonly code = 'DOCTOR_NOT_REACHED';

  constructor() {
    super('No login reached the database, so this was not looked at. What keeps each from it is said under "connections".');
  }
}
