import { isPublicAddress } from './public-address.js';

describe('a public address', () => {
  it.each(['1.1.1.1', '8.8.8.8', '140.82.121.3', '172.15.255.255', '172.32.0.0', '100.63.255.255', '100.128.0.0', '223.255.255.255', '2606:4700:4700::1111', '2a00:1450:4001::200e'])(
    'is %s', (address) => expect(isPublicAddress(address)).toBe(true),
  );
});

describe('no public address', () => {
  it.each([
    ['this network', '0.0.0.0'], ['private', '10.0.0.1'], ['private', '172.16.0.1'], ['private', '172.31.255.255'], ['private', '192.168.1.1'],
    ['carrier-grade NAT', '100.64.0.1'], ['loopback', '127.0.0.1'], ['loopback', '127.255.255.254'], ['link-local (cloud metadata)', '169.254.169.254'],
    ['protocol assignments', '192.0.0.8'], ['documentation', '192.0.2.1'], ['documentation', '198.51.100.1'], ['documentation', '203.0.113.1'],
    ['6to4 relay', '192.88.99.1'], ['benchmarks', '198.18.0.1'], ['multicast', '224.0.0.1'], ['reserved', '240.0.0.1'], ['broadcast', '255.255.255.255'],
    ['unspecified', '::'], ['loopback', '::1'], ['IPv4-mapped', '::ffff:127.0.0.1'], ['IPv4-mapped, in hexadecimal', '::ffff:7f00:1'], ['IPv4-mapped, of a public address', '::ffff:8.8.8.8'],
    ['IPv4-compatible', '::127.0.0.1'], ['NAT64', '64:ff9b::a00:1'], ['local NAT64', '64:ff9b:1::a00:1'], ['discard', '100::1'], ['Teredo', '2001::1'], ['ORCHID', '2001:20::1'],
    ['documentation', '2001:db8::1'], ['6to4', '2002:7f00:1::'], ['documentation', '3fff::1'], ['segment routing', '5f00::1'], ['unique local', 'fc00::1'], ['unique local', 'fd12:3456::1'],
    ['link-local', 'fe80::1'], ['link-local with a zone', 'fe80::1%eth0'], ['site-local', 'fec0::1'], ['multicast', 'ff02::1'], ['a public one with a zone', '2606:4700::1%lo'],
    ['a short form', '127.1'], ['a number', '2130706433'], ['octal', '0177.0.0.1'], ['a name', 'localhost'], ['nothing', ''],
  ])('is %s: %s', (_what, address) => expect(isPublicAddress(address)).toBe(false));
});
