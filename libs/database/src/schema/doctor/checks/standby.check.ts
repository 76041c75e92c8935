import type { DoctorCheck } from '../check.js';
import { reachedLogins } from '../context.js';
import { ok, setting, wrong } from '../diagnosis.js';

/** No login ends at a read-only standby. */
export const standbyCheck: DoctorCheck = {
  name: 'standby',
  look(context) {
    const standbys = reachedLogins(context).filter(({ facts }) => facts.standby);
    if (standbys.length === 0) return Promise.resolve(reachedLogins(context).length === 0 ? [] : [ok('server', 'no standby: it can be written to')]);
    return Promise.resolve(
      standbys.map(({ variable }) => wrong(variable, 'ends at a standby, where nothing can be written.', setting(`${variable}: host and port of the primary`))),
    );
  },
};
