import { createHash } from 'node:crypto';

/** SHA-256, in hexadecimal, of everything that makes a request the same one. The order of properties in its body does not count. */
export function requestHash(parts: { readonly method: string; readonly url: string; readonly caller: string; readonly body: unknown }): string {
  const { method, url, caller, body } = parts;
  return createHash('sha256')
    .update(JSON.stringify([method, url, caller, body ?? null], sorted))
    .digest('hex');
}

/** JSON's replacer: objects with their properties in order of name. */
function sorted(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
