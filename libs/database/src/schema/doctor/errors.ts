import { CouldNotLookError } from '../errors.js';

/** A check needs a connection that there is none of. */
export class NotReachedError extends CouldNotLookError {
  readonly code = 'DOCTOR_NOT_REACHED';

  constructor() {
    super('No login reached the database; what keeps each from it stands under "connections".');
  }
}
