import { InvalidSettingError } from './errors.js';
import { parseList } from './parsers.js';

/** Origins of web pages, as browsers send them. @throws InvalidSettingError naming the entry, such as one with a path or `*` */
export function parseOrigins(text: string): readonly string[] {
  const entries = parseList(text);
  for (const entry of entries) {
    if (originOf(entry) !== entry) throw new InvalidSettingError(`holds "${entry}", which is no origin such as https://app.example or http://localhost:6274.`);
  }
  return entries;
}

function originOf(text: string): string | undefined {
  const url = URL.parse(text);
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  return isWeb && !url.hostname.includes('*') ? url.origin : undefined;
}
