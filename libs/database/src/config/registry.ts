import { ConfigDeclarationError, type ConfigurationProblem } from './errors.js';
import type { Environment, EnvironmentKind } from './environment.js';

export type ConfigClass<T extends object = object> = new () => T;

/** What a parser or an area's check may look at beside the value itself. */
export interface ConfigContext {
  readonly env: Environment;
  readonly kind: EnvironmentKind;
}

export interface EnvOptions {
  /** One or two sentences for the operator; printed in `.env.example` and docs/configuration.md. */
  readonly description: string;
  /** The value shown in `.env.example` where there is no default. Never accepted as a secret in production. */
  readonly example?: string;
  /** Replaced by *** wherever it would be shown, and refused in production while it is the example or a default. */
  readonly secret?: boolean;
  /** What the number counts: `ms`, `seconds`, `connections`, `bytes`. */
  readonly unit?: string;
  /** May be absent. Otherwise a variable without a default must be set. */
  readonly optional?: boolean;
  /** Defaults that depend on the environment, as text. They come before the initial value of the property. */
  readonly defaults?: Partial<Readonly<Record<EnvironmentKind, string>>>;
  /** Text to value; throws InvalidSettingError with what is allowed. Found from the initial value when it is a number or boolean. */
  readonly parse?: (text: string, context: ConfigContext) => unknown;
}

export interface VariableDeclaration extends EnvOptions {
  readonly name: string;
  readonly property: string;
}

export interface AreaOptions<T extends object> {
  /** The heading over the area's variables. */
  readonly title: string;
  /** Rules over several variables or over the environment. A variable that is wrong by itself has kept its default or is absent. */
  readonly check?: (config: T, context: ConfigContext) => Iterable<ConfigurationProblem>;
}

export interface AreaDeclaration {
  readonly name: string;
  readonly title: string;
  readonly variables: readonly VariableDeclaration[];
  /** Runs the area's own rules on an instance of it. */
  readonly check: (config: object, context: ConfigContext) => readonly ConfigurationProblem[];
}

const variablesOf = new Map<object, VariableDeclaration[]>();
const areas = new Map<object, AreaDeclaration>();

/** Binds a property to the environment variable `name`. The property's initial value is the default; class-validator stands beside it. */
export function Env(name: string, options: EnvOptions): PropertyDecorator {
  return (prototype, property) => {
    const owner = prototype.constructor;
    const variables = variablesOf.get(owner) ?? [];
    if (variables.some((variable) => variable.name === name)) {
      throw new ConfigDeclarationError(`"${owner.name}" binds the variable "${name}" to two properties. Keep one.`);
    }
    variables.push({ ...options, name, property: String(property) });
    variablesOf.set(owner, variables);
  };
}

/** Declares a class as one area of the configuration. */
export function ConfigArea<T extends object>(name: string, options: AreaOptions<T>): (area: ConfigClass<T>) => void {
  return (area) => {
    areas.set(area, {
      name,
      title: options.title,
      variables: Object.freeze([...(variablesOf.get(area) ?? [])]),
      check: (config, context) => (config instanceof area ? [...(options.check?.(config, context) ?? [])] : []),
    });
  };
}

/** What `@ConfigArea` and `@Env` declared on a class. @throws ConfigDeclarationError for a class without `@ConfigArea`. */
export function areaOf(area: ConfigClass): AreaDeclaration {
  const declaration = areas.get(area);
  if (declaration === undefined) throw new ConfigDeclarationError(`"${area.name}" is no configuration area. Put @ConfigArea on the class.`);
  return declaration;
}
