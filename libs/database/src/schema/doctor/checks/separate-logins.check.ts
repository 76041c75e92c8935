import { assertSeparateLogins } from '../../../tenancy/boot-guards.js';
import { SharedLoginError } from '../../../tenancy/boot/errors.js';
import type { DoctorCheck } from '../check.js';
import { reachedLogins } from '../context.js';
import { makeRoles, ok, wrong } from '../diagnosis.js';

/** No two purposes share a login: there would be no boundary between them. */
export const separateLoginsCheck: DoctorCheck = {
  name: 'separate-logins',
  async look(context) {
    const client = (which: 'login' | 'privileged' | 'queue') => reachedLogins(context, which)[0]?.client;
    const clients = { login: client('login'), privileged: client('privileged'), queue: client('queue') };
    const [first] = reachedLogins(context, 'login', 'privileged', 'queue');
    if (first === undefined) return [];
    try {
      await assertSeparateLogins(Object.fromEntries(Object.entries(clients).filter(([, one]) => one !== undefined)));
      return [ok('logins', 'each purpose has its own')];
    } catch (error) {
      if (!(error instanceof SharedLoginError)) throw error;
      return [wrong(error.variables.join(', '), `log in as the same role "${error.login}": there is no boundary between them.`, makeRoles(first.connection))];
    }
  },
};
