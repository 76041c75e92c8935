import { PlinthError } from '../errors.js';

/** One variable that stops the boot. `value` is already masked; null when the variable is not set. */
export interface ConfigurationProblem {
  readonly variable: string;
  readonly value: string | null;
  /** A phrase that completes "NAME …": what is wrong or missing, and what is allowed. */
  readonly allowed: string;
}

/** The settings are not usable. Lists every problem found, not only the first. */
export class ConfigurationError extends PlinthError {
  readonly code = 'CONFIGURATION_INVALID';
  readonly family = 'operator';

  constructor(readonly problems: readonly ConfigurationProblem[]) {
    const lines = problems.map(({ variable, value, allowed }) => `  ${variable} ${value === null ? '(not set)' : `= "${value}"`}: ${allowed}`);
    const count = problems.length === 1 ? 'One setting' : `${problems.length} settings`;
    super(`${count} must change before this can start:\n${lines.join('\n')}\nEvery variable is described in .env.example and docs/configuration.md.`, {
      fields: { problems },
    });
  }
}

/** A text that cannot become the value of its variable. The message completes "NAME …" and never repeats the text. */
export class InvalidSettingError extends PlinthError {
  readonly code: string = 'SETTING_INVALID';
  readonly family = 'operator';
}

/** A class was loaded as configuration without `@ConfigArea`, or declares a variable twice. */
export class ConfigDeclarationError extends PlinthError {
  readonly code = 'CONFIG_DECLARATION';
  readonly family = 'bug';
}
