import type { DatabaseConfig } from '../../config/areas/database.config.js';
import type { Environment, EnvironmentKind } from '../../config/environment.js';
import { NotReachedError } from './errors.js';
import type { Login, LoginUse, ReachedLogin } from './logins/login.js';
import type { DoctorSetting } from './settings/setting.js';

/** What the checks look at. */
export interface DoctorContext {
  readonly env: Environment;
  readonly kind: EnvironmentKind;
  readonly settings: readonly DoctorSetting[];
  /** The numbers of the area `database`, with the default in the place of each that cannot be used. */
  readonly sizes: Pick<DatabaseConfig, 'poolSize' | 'privilegedPoolSize' | 'queuePoolSize'>;
  /** Every login that a setting names, reached or not. */
  readonly logins: readonly Login[];
  /** This machine's clock, in milliseconds of Unix time. */
  readonly now: () => number;
}

/** The logins of these uses (of every use) that were reached. */
export function reachedLogins({ logins }: Pick<DoctorContext, 'logins'>, ...uses: readonly LoginUse[]): ReachedLogin[] {
  return logins.filter((login): login is ReachedLogin => login.state === 'reached' && (uses.length === 0 || uses.includes(login.use)));
}

const OF_THE_DATABASE: readonly LoginUse[] = ['owner', 'login', 'privileged', 'queue'];

/** A login that is connected to the database of the services. @throws NotReachedError */
export function anyOfDatabase(context: Pick<DoctorContext, 'logins'>): ReachedLogin {
  for (const use of OF_THE_DATABASE) {
    const [login] = reachedLogins(context, use);
    if (login !== undefined) return login;
  }
  throw new NotReachedError();
}
