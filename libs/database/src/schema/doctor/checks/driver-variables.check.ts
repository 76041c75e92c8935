import type { DoctorCheck } from '../check.js';
import { command, ok, warning } from '../diagnosis.js';

/** What the driver takes from the environment by itself, where a URL does not say it. */
const VARIABLES: Readonly<Record<string, string>> = {
  PGOPTIONS: 'is sent with every connection: it can switch settings of the session, such as row_security.',
  PGPASSWORD: 'is the password of every URL that holds none.',
};

/** Nothing reaches a connection past the settings. */
export const driverVariablesCheck: DoctorCheck = {
  name: 'driver-variables',
  look({ env }) {
    const set = Object.entries(VARIABLES).filter(([name]) => (env[name] ?? '') !== '');
    if (set.length === 0) return Promise.resolve([ok('environment', 'nothing reaches a connection past the settings')]);
    return Promise.resolve(set.map(([name, does]) => warning(name, `is set in the environment, and ${does}`, command(`unset ${name}`))));
  },
};
