import type { DoctorCheck } from '../check.js';
import { reachedLogins } from '../context.js';
import { ok, setting, warning } from '../diagnosis.js';

/** Each statement of a service costs one round trip, so that a server far away makes every request slow. */
const LONG_MS = 20;

/** The server is near. */
export const roundTripCheck: DoctorCheck = {
  name: 'round-trip',
  look(context) {
    return Promise.resolve(
      reachedLogins(context).map(({ variable, roundTripMs }) => {
        const says = `${roundTripMs.toFixed(1)} ms there and back`;
        if (roundTripMs <= LONG_MS) return ok(variable, says);
        return warning(
          variable,
          `${says}, which every statement pays: more than ${LONG_MS} ms.`,
          setting('Run the services in the same region and network as PostgreSQL'),
        );
      }),
    );
  },
};
