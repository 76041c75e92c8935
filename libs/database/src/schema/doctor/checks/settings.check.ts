import type { DoctorCheck } from '../check.js';
import { ok, wrong } from '../diagnosis.js';

/** Every setting can be used: what the configuration refuses, no service starts with. */
export const settingsCheck: DoctorCheck = {
  name: 'settings',
  look({ settings }) {
    const problems = settings.flatMap(({ variable, problem }) => (problem === undefined ? [] : [wrong(variable, problem)]));
    return Promise.resolve(problems.length > 0 ? problems : [ok('settings', 'all of them can be used')]);
  },
};
