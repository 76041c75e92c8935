import { isIP, isIPv4 } from 'node:net';

/** An address without its zone, or null for what is none. */
export function plainAddress(ip: string): string | null {
  const plain = ip.split('%', 1)[0] ?? '';
  return isIP(plain) === 0 ? null : plain;
}

/**
 * The network that requests and failures from an address are counted for: an IPv4 address itself, the first 64 bits of an IPv6 address, since
 * one household has all the rest of them. An IPv4 address written as IPv6 is the IPv4 address. What is no address at all, and no
 * address, are one network of their own.
 */
export function clientNetwork(ip: string | null): string {
  const address = plainAddress(ip ?? '');
  if (address === null) return 'unknown';
  if (isIPv4(address)) return address;
  const groups = groupsOf(address);
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped)
    return groups
      .slice(6)
      .flatMap((group) => [group >> 8, group & 0xff])
      .join('.');
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/** The eight groups of an IPv6 address. The URL parser writes any spelling in one way, an IPv4 ending included. */
function groupsOf(address: string): number[] {
  const [head = '', tail = ''] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const [first, last] = [readGroups(head), readGroups(tail)];
  return [...first, ...Array.from({ length: 8 - first.length - last.length }, () => 0), ...last];
}

function readGroups(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}
