import { DatabaseConfig, connectionProblem } from '../../../config/areas/database.config.js';
import { MigrationRunConfig } from '../../../config/areas/migration-run.config.js';
import { MigrationConfig } from '../../../config/areas/migration.config.js';
import { SchemaConfig } from '../../../config/areas/schema.config.js';
import { TlsConfig } from '../../../config/areas/tls.config.js';
import { environmentKind, type Environment } from '../../../config/environment.js';
import { ConfigurationError } from '../../../config/errors.js';
import { loadConfig, textOf } from '../../../config/load-config.js';
import { maskValue } from '../../../config/masking.js';
import { areaOf, type ConfigClass, type ConfigContext, type VariableDeclaration } from '../../../config/registry.js';
import type { DoctorSetting, SettingOrigin, SettingSources } from './setting.js';

/** Everything that decides how the database is reached and how its schema is looked after. */
const AREAS: readonly ConfigClass[] = [DatabaseConfig, TlsConfig, MigrationConfig, MigrationRunConfig, SchemaConfig];
const NOT_SHOWN = '(not shown: it cannot be used)';

/** Every setting of the connection, with its value masked and where it came from, and what is wrong with it. */
export function readSettings(sources: SettingSources): DoctorSetting[] {
  const { env } = sources;
  const context: ConfigContext = { env, kind: environmentKind(env) };
  return AREAS.flatMap((area) => {
    const problems = problemsOf(area, env);
    const { title, variables } = areaOf(area);
    return variables.map((variable) => settingOf(area, title, variable, problems.get(variable.name), sources, context));
  });
}

function settingOf(
  area: ConfigClass,
  title: string,
  variable: VariableDeclaration,
  problem: string | undefined,
  sources: SettingSources,
  context: ConfigContext,
): DoctorSetting {
  const found = textOf(variable, context);
  const text = found ?? defaultText(Reflect.get(new area(), variable.property));
  return {
    variable: variable.name,
    area: title,
    value: text === undefined ? null : shown(text, variable, problem),
    origin: originOf(variable.name, text, sources),
    ...(problem === undefined ? {} : { problem }),
  };
}

function defaultText(initial: unknown): string | undefined {
  return typeof initial === 'string' || typeof initial === 'number' || typeof initial === 'boolean' ? String(initial) : undefined;
}

/** What cannot be used may be anything, also a password in the wrong place: only plain numbers are shown then. */
function shown(text: string, { secret = false }: VariableDeclaration, problem: string | undefined): string {
  if (problem !== undefined && !/^-?\d{1,9}$/.test(text)) return NOT_SHOWN;
  return maskValue(text, { secret });
}

function originOf(name: string, text: string | undefined, { env, fromEnvironment, file, fromEmbedded }: SettingSources): SettingOrigin {
  const isSet = (env[name]?.trim() ?? '') !== '';
  if (isSet && fromEmbedded.has(name)) return { from: 'embedded server' };
  if (isSet && fromEnvironment.has(name)) return { from: 'environment' };
  const line = file.lines.get(name);
  if (isSet && line !== undefined) return { from: 'file', file: file.path, line };
  return { from: text === undefined ? 'nowhere' : 'default' };
}

/** What is wrong, by variable. The texts never repeat a value. */
function problemsOf(area: ConfigClass, env: Environment): Map<string, string> {
  const problems = new Map<string, string>();
  try {
    loadConfig(area, env);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    for (const { variable, allowed } of error.problems) problems.set(variable, allowed);
  }
  if (area === SchemaConfig) for (const [name, problem] of toolProblems(env, problems)) problems.set(name, problem);
  return problems;
}

/** The logins of the tools are held to the same rules as those of the services. */
function* toolProblems(env: Environment, known: ReadonlyMap<string, string>): Iterable<readonly [string, string]> {
  const tls = tlsOf(env);
  for (const name of ['DATABASE_SCRATCH_URL', 'DATABASE_ADMIN_URL']) {
    const url = env[name]?.trim();
    if (tls === undefined || url === undefined || url === '' || known.has(name)) continue;
    const problem = connectionProblem(url, tls, { kind: environmentKind(env) });
    if (problem !== undefined) yield [name, problem];
  }
}

/** The TLS settings, or undefined where they cannot be used: then that is what is said. */
export function tlsOf(env: Environment): TlsConfig | undefined {
  try {
    return loadConfig(TlsConfig, env);
  } catch (error) {
    if (error instanceof ConfigurationError) return undefined;
    throw error;
  }
}
