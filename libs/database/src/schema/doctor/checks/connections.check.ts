import type { DoctorCheck } from '../check.js';
import type { DoctorContext } from '../context.js';
import { couldNotLook, ok, wrong, type Diagnosis } from '../diagnosis.js';
import type { Login } from '../logins/login.js';

/** Every login that a setting names gets in. */
export const connectionsCheck: DoctorCheck = {
  name: 'connections',
  look(context) {
    if (context.logins.length > 0) return Promise.resolve(context.logins.flatMap((login) => of(login, context)));
    return Promise.resolve([couldNotLook('DATABASE_URL', 'No setting names a database that could be asked.')]);
  },
};

function of(login: Login, { settings }: DoctorContext): Diagnosis[] {
  const { variable } = login;
  if (login.state === 'reached') return [ok(variable, `"${login.facts.role}" is in "${login.facts.identity.name}"`)];
  // What its own setting says already is not said twice.
  if (login.state === 'unusable' && settings.some((one) => one.variable === variable && one.problem !== undefined)) return [];
  if (login.state === 'unusable') return [wrong(variable, login.reason)];
  return [(login.state === 'refused' ? wrong : couldNotLook)(variable, login.reason, login.mend)];
}
