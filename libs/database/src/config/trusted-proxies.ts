import { isIP } from 'node:net';
import { InvalidSettingError } from './errors.js';
import { parseList } from './parsers.js';

const NAMED_RANGES = ['loopback', 'linklocal', 'uniquelocal'];

/**
 * Addresses, ranges in CIDR notation and named ranges, as Fastify's `trustProxy` takes them.
 * @throws InvalidSettingError naming the entry; also for a range of everybody, since then any caller could claim any address.
 */
export function parseTrustedProxies(text: string): readonly string[] {
  const entries = parseList(text);
  for (const entry of entries) {
    if (NAMED_RANGES.includes(entry)) continue;
    const [address = '', prefix, ...rest] = entry.split('/');
    const family = isIP(address);
    const bits = Number(prefix);
    const isRange = prefix === undefined || (/^\d+$/.test(prefix) && bits <= (family === 4 ? 32 : 128));
    if (family === 0 || rest.length > 0 || !isRange) {
      throw new InvalidSettingError(`holds "${entry}", which is no address, no range such as 10.0.0.0/8, and none of ${NAMED_RANGES.join(', ')}.`);
    }
    if (prefix !== undefined && bits === 0)
      throw new InvalidSettingError(`trusts everybody with "${entry}": any caller could then claim any address. Name the proxies.`);
  }
  return entries;
}
