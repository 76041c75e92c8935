import type { DoctorCheck } from '../check.js';
import { reachedLogins } from '../context.js';
import { ok, setting, warning, wrong } from '../diagnosis.js';
import { majorOf } from '../logins/login.js';

const OLDEST = 15;
const NEWEST = 18;

/** PostgreSQL 15 to 18. */
export const serverVersionCheck: DoctorCheck = {
  name: 'server-version',
  look(context) {
    return Promise.resolve(
      reachedLogins(context).map((login) => {
        const { variable, facts } = login;
        const major = majorOf(login);
        if (major < OLDEST) {
          return wrong(
            variable,
            `PostgreSQL ${facts.version} is not supported: ${OLDEST} to ${NEWEST} are.`,
            setting(`Upgrade the server to PostgreSQL ${NEWEST}`),
          );
        }
        if (major > NEWEST) return warning(variable, `PostgreSQL ${facts.version} is newer than what this build was tested on: ${OLDEST} to ${NEWEST}.`);
        return ok(variable, `PostgreSQL ${facts.version}`);
      }),
    );
  },
};
