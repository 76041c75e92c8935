import type { Environment } from './environment.js';
import { environmentKind } from './environment.js';
import { ConfigurationError, InvalidSettingError } from './errors.js';
import { loadConfig } from './load-config.js';
import { maskValue } from './masking.js';
import { parseDirectUrl, parseLoginUrl } from './connection-url.js';
import { connectionProblem } from './areas/database.config.js';
import { TlsConfig } from './areas/tls.config.js';

export type LoginUrlVariable = 'DATABASE_URL' | 'DATABASE_PRIVILEGED_URL' | 'DATABASE_QUEUE_URL' | 'DATABASE_OWNER_URL' | `DATABASES_${string}_URL`;

/**
 * One connection URL by the name of its variable, checked like those of DatabaseConfig, for work that needs only this login
 * (migrations need DATABASE_OWNER_URL and no other).
 * @throws ConfigurationError when it is not set or cannot be used.
 */
export function requiredUrl(variable: LoginUrlVariable, env: Environment = process.env): string {
  const url = checkedUrl(variable, env, (text) => void parseLoginUrl(text));
  if (url === undefined)
    throw new ConfigurationError([{ variable, value: null, allowed: 'must be set to a URL such as postgres://user:password@host:5432/database.' }]);
  return url;
}

/** `DATABASE_DIRECT_URL`, checked, or undefined when it is not set. @throws ConfigurationError */
export function optionalDirectUrl(env: Environment = process.env): string | undefined {
  return checkedUrl('DATABASE_DIRECT_URL', env, (text) => void parseDirectUrl(text));
}

function checkedUrl(variable: string, env: Environment, parse: (text: string) => void): string | undefined {
  const text = env[variable]?.trim();
  if (text === undefined || text === '') return undefined;
  const problem = syntaxProblem(text, parse) ?? connectionProblem(text, loadConfig(TlsConfig, env), { kind: environmentKind(env) });
  if (problem !== undefined) throw new ConfigurationError([{ variable, value: maskValue(text), allowed: problem }]);
  return text;
}

function syntaxProblem(text: string, parse: (text: string) => void): string | undefined {
  try {
    parse(text);
    return undefined;
  } catch (error) {
    if (error instanceof InvalidSettingError) return error.message;
    throw error;
  }
}
