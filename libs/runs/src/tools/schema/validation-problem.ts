import type { ErrorObject } from 'ajv/dist/2020.js';

/** One thing that is wrong with a value. */
export interface ValidationProblem {
  /** Where, as a JSON Pointer; empty for the value itself. Names a property that is missing or too much. */
  readonly path: string;
  /** A phrase that completes "it …", such as `must be integer`. */
  readonly message: string;
}

const MOST = 20;
const LONGEST_LIST = 200;

/** What ajv found, at most 20 of it. */
export function problemsOf(errors: readonly ErrorObject[]): readonly ValidationProblem[] {
  return errors.slice(0, MOST).map(({ instancePath, message, params }) => {
    const property: unknown = params['missingProperty'] ?? params['additionalProperty'] ?? params['unevaluatedProperty'];
    return {
      path: typeof property === 'string' ? `${instancePath}/${escaped(property)}` : instancePath,
      message: `${message ?? 'is not allowed'}${allowed(params)}`,
    };
  });
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The values that an `enum` or `const` allows, since the message alone says only that there are some. */
function allowed(params: Readonly<Record<string, unknown>>): string {
  const values = params['allowedValues'] ?? params['allowedValue'];
  if (values === undefined) return '';
  const text = JSON.stringify(values);
  return `: ${text.length > LONGEST_LIST ? `${text.slice(0, LONGEST_LIST)}…` : text}`;
}
