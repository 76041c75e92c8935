import { InvalidSettingError } from './errors.js';

/** A whole number in decimal digits. @throws InvalidSettingError for anything else, such as `10ms`, `1e3` or an empty text. */
export function parseInteger(text: string): number {
  const value = Number(text);
  if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(value)) throw new InvalidSettingError('must be a whole number in digits, without a unit.');
  return value;
}

/** `true`, `false`, `1` or `0`. @throws InvalidSettingError for anything else. */
export function parseBoolean(text: string): boolean {
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  throw new InvalidSettingError('must be true or false.');
}

/** Comma-separated words, without blanks and empty ones. */
export function parseList(text: string): readonly string[] {
  return Object.freeze(
    text
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== ''),
  );
}
