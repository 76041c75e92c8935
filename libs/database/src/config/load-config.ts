import { validateSync } from 'class-validator';
import { environmentKind, type Environment } from './environment.js';
import { ConfigurationError, InvalidSettingError, type ConfigurationProblem } from './errors.js';
import { maskValue } from './masking.js';
import { parseBoolean, parseInteger } from './parsers.js';
import { areaOf, type ConfigClass, type ConfigContext, type VariableDeclaration } from './registry.js';

/**
 * One area of the configuration, read from `env`, typed and frozen. An empty text counts as not set.
 * @throws ConfigurationError with every problem of the area: the variable, its masked value and what is allowed.
 */
export function loadConfig<T extends object>(area: ConfigClass<T>, env: Environment = process.env): T {
  const { config, problems } = readArea(area, env);
  if (problems.length > 0) throw new ConfigurationError(problems);
  return Object.freeze(config);
}

/** Checks several areas and reports the problems of all of them in one error. @throws ConfigurationError */
export function checkConfig(classes: readonly ConfigClass[], env: Environment = process.env): void {
  const problems = classes.flatMap((area) => readArea(area, env).problems);
  const unique = [...new Map(problems.map((problem) => [`${problem.variable} ${problem.allowed}`, problem])).values()];
  if (unique.length > 0) throw new ConfigurationError(unique);
}

/** The text that counts for a variable: what is set, or the default of this environment. */
export function textOf(variable: VariableDeclaration, { env, kind }: ConfigContext): string | undefined {
  const text = env[variable.name]?.trim();
  return text === undefined || text === '' ? variable.defaults?.[kind] : text;
}

function readArea<T extends object>(area: ConfigClass<T>, env: Environment): { config: T; problems: ConfigurationProblem[] } {
  const declaration = areaOf(area);
  const context: ConfigContext = { env, kind: environmentKind(env) };
  const config = new area();
  const problems: ConfigurationProblem[] = [];
  for (const variable of declaration.variables) {
    const problem = readVariable(config, variable, context);
    if (problem !== undefined) problems.push({ variable: variable.name, value: shownValue(variable, env), allowed: problem });
  }
  // A variable without a usable text has kept its default or is absent, so that the others can still be judged.
  problems.push(...constraintProblems(config, declaration.variables, env));
  const reported = new Set(problems.map(({ variable }) => variable));
  problems.push(...declaration.check(config, context).filter(({ variable }) => !reported.has(variable)));
  return { config, problems };
}

/** Puts the typed value on the property; returns what is wrong, if something is. */
function readVariable(config: object, variable: VariableDeclaration, context: ConfigContext): string | undefined {
  const text = textOf(variable, context);
  const initial: unknown = Reflect.get(config, variable.property);
  if (text === undefined) {
    if (initial !== undefined || variable.optional === true) return undefined;
    return `must be set. ${variable.description}`;
  }
  if (variable.secret === true && context.kind === 'production' && isPublished(variable, text)) {
    return 'is the published example or development value, which anybody can read. Make a secret of your own.';
  }
  try {
    Reflect.set(config, variable.property, parserOf(variable, initial)(text, context));
    return undefined;
  } catch (error) {
    if (error instanceof InvalidSettingError) return error.message;
    throw error;
  }
}

function parserOf(variable: VariableDeclaration, initial: unknown): NonNullable<VariableDeclaration['parse']> {
  if (variable.parse !== undefined) return variable.parse;
  if (typeof initial === 'number') return parseInteger;
  if (typeof initial === 'boolean') return parseBoolean;
  return (text) => text;
}

/** Also true for a published key that was given another id or put among others. */
function isPublished(variable: VariableDeclaration, text: string): boolean {
  const published = [variable.example, ...Object.values(variable.defaults ?? {})].filter((value) => value !== undefined);
  return published.flatMap((value) => value.split(',').map((entry) => entry.slice(entry.lastIndexOf(':') + 1))).some((secret) => text.includes(secret));
}

/** What class-validator has to say, with the property's name replaced by the variable's. */
function constraintProblems(config: object, variables: readonly VariableDeclaration[], env: Environment): ConfigurationProblem[] {
  const failures = validateSync(config, {
    skipMissingProperties: true,
    forbidUnknownValues: false,
    stopAtFirstError: false,
  });
  return failures.flatMap((failure) => {
    const variable = variables.find(({ property }) => property === failure.property);
    if (variable === undefined) return [];
    const unit = variable.unit === undefined ? '' : ` (${variable.unit})`;
    const allowed = Object.values(failure.constraints ?? {}).map((message) => message.replace(`${variable.property} `, ''));
    return [{ variable: variable.name, value: shownValue(variable, env), allowed: `${allowed.join(' and ')}${unit}.` }];
  });
}

function shownValue(variable: VariableDeclaration, env: Environment): string | null {
  const text = env[variable.name];
  return text === undefined || text === '' ? null : maskValue(text, { secret: variable.secret });
}
