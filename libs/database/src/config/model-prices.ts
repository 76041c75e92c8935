import { InvalidSettingError } from './errors.js';

/** What a model costs, in millionths of the currency unit for a million tokens. */
export interface ModelPrice {
  readonly inputMicrosPerMillionTokens: number;
  readonly outputMicrosPerMillionTokens: number;
}

/** Prices by the model's name. */
export type ModelPrices = ReadonlyMap<string, ModelPrice>;

const FIELDS = ['inputMicrosPerMillionTokens', 'outputMicrosPerMillionTokens'] as const;
/** A million units for a million tokens: beyond it somebody mistook the unit. */
const HIGHEST = 1_000_000_000_000;

/** A price table from JSON. @throws InvalidSettingError naming the model and the field. */
export function parseModelPrices(text: string): ModelPrices {
  const table = readObject(parseJson(text));
  if (table === undefined) throw new InvalidSettingError('must be a JSON object of prices by model name.');
  return new Map(Object.entries(table).map(([model, price]) => [model, readPrice(model, price)]));
}

function readPrice(model: string, value: unknown): ModelPrice {
  const price = readObject(value);
  if (model.trim() === '' || price === undefined)
    throw new InvalidSettingError(`must give each model an object with ${FIELDS.join(' and ')}; "${model}" has none.`);
  const stranger = Object.keys(price).find((name) => FIELDS.every((field) => field !== name));
  if (stranger !== undefined) throw new InvalidSettingError(`has "${stranger}" at "${model}". Allowed are ${FIELDS.join(' and ')}.`);
  const [inputMicrosPerMillionTokens, outputMicrosPerMillionTokens] = FIELDS.map((field) => readMicros(model, field, price[field]));
  return Object.freeze({ inputMicrosPerMillionTokens: inputMicrosPerMillionTokens ?? 0, outputMicrosPerMillionTokens: outputMicrosPerMillionTokens ?? 0 });
}

function readMicros(model: string, field: string, value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= HIGHEST) return value;
  throw new InvalidSettingError(`must give "${model}" a whole ${field} from 0 to ${HIGHEST} (millionths of the currency unit for a million tokens).`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InvalidSettingError('must be JSON, such as {"a-model":{"inputMicrosPerMillionTokens":150000,"outputMicrosPerMillionTokens":600000}}.', {
      cause: error,
    });
  }
}

function readObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : undefined;
}
