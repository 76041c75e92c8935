import { directUrl, parseLoginUrl } from '../../../config/connection-url.js';
import type { Environment } from '../../../config/environment.js';
import { InvalidSettingError } from '../../../config/errors.js';
import { withLogin } from '../../../roles/login-url.js';
import type { DoctorSetting } from '../settings/setting.js';
import type { DeclaredLogin, LoginUse, UnreachedLogin } from './login.js';

const VARIABLES: readonly (readonly [variable: string, use: LoginUse])[] = [
  ['DATABASE_URL', 'login'],
  ['DATABASE_PRIVILEGED_URL', 'privileged'],
  ['DATABASE_QUEUE_URL', 'queue'],
  ['DATABASE_OWNER_URL', 'owner'],
  ['DATABASE_SCRATCH_URL', 'scratch'],
  ['DATABASE_ADMIN_URL', 'administrator'],
];

const DIRECT = 'DATABASE_DIRECT_URL';

/** The logins that are to be tried, and those that cannot be since their setting is wrong. */
export function declaredLogins(env: Environment, settings: readonly DoctorSetting[], administratorUrl: string | undefined): (DeclaredLogin | UnreachedLogin)[] {
  const named = VARIABLES.map(([variable, use]): DeclaredLogin => ({ variable, use, url: env[variable]?.trim() ?? '' }));
  const all = [...named, ...direct(env), ...further(env)].map((login) => withAdministrator(login, administratorUrl));
  return all.filter(({ url }) => url !== '').map((login) => usable(login, settings));
}

/** The embedded server's superuser serves for both tools. */
function withAdministrator(login: DeclaredLogin, administratorUrl: string | undefined): DeclaredLogin {
  if (login.url !== '' || administratorUrl === undefined) return login;
  return login.use === 'scratch' || login.use === 'administrator' ? { ...login, url: administratorUrl } : login;
}

/** Past the pooler, as whom the migrations and LISTEN go there. */
function direct(env: Environment): DeclaredLogin[] {
  const [past, base] = [env[DIRECT]?.trim() ?? '', env['DATABASE_OWNER_URL']?.trim() || env['DATABASE_URL']?.trim() || ''];
  if (past === '' || base === '') return [];
  try {
    return [{ variable: DIRECT, use: 'direct', url: directUrl(base, past) }];
  } catch (error) {
    // One of both cannot be used, which its own setting says.
    if (error instanceof InvalidSettingError) return [];
    throw error;
  }
}

function further(env: Environment): DeclaredLogin[] {
  const names = Object.keys(env).filter((name) => /^DATABASES_.+_URL$/.test(name));
  return names.sort().map((variable) => ({ variable, use: 'further', url: env[variable]?.trim() ?? '' }));
}

function usable(login: DeclaredLogin, settings: readonly DoctorSetting[]): DeclaredLogin | UnreachedLogin {
  const known = settings.find(({ variable }) => variable === login.variable)?.problem;
  const tls = settings.find(({ variable, problem }) => variable.startsWith('PG_SSL_') && problem !== undefined);
  const problem = known ?? (tls === undefined ? syntaxProblem(login.url) : `is not tried: ${tls.variable} ${tls.problem ?? ''}`);
  return problem === undefined ? login : { ...login, state: 'unusable', reason: problem };
}

function syntaxProblem(url: string): string | undefined {
  try {
    // The rest of a password that holds an unescaped slash: it must not be shown as a name.
    return parseLoginUrl(url).database.includes('@') ? 'holds an @ behind its host. Write %2F for a slash in the password, and %40 for an @.' : undefined;
  } catch (error) {
    if (error instanceof InvalidSettingError) return error.message;
    throw error;
  }
}

/** The database that the services use, as far as the settings tell; for mends that name it. */
export function databaseName(env: Environment): string {
  for (const name of ['DATABASE_URL', 'DATABASE_OWNER_URL']) {
    const url = env[name]?.trim() ?? '';
    if (url !== '' && syntaxProblem(url) === undefined) return parseLoginUrl(withLogin(url, {})).database;
  }
  return 'plinth';
}
