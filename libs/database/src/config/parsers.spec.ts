import { connectionBudget } from './connection-budget.js';
import { maskPasswords, maskValue } from './masking.js';
import { parseBoolean, parseInteger, parseList } from './parsers.js';
import { parseTrustedProxies } from './trusted-proxies.js';

describe('parsers', () => {
  it('take whole numbers in digits only', () => {
    expect(parseInteger('-12')).toBe(-12);
    for (const text of ['1e3', '0x10', '1.5', '10ms', '9007199254740993', '१२']) expect(() => parseInteger(text)).toThrow(/whole number/);
  });

  it('take four words for a boolean', () => {
    expect(['true', '1', 'false', '0'].map(parseBoolean)).toEqual([true, true, false, false]);
    for (const text of ['yes', 'TRUE', 'off', '2']) expect(() => parseBoolean(text)).toThrow(/true or false/);
  });

  it('split lists at commas', () => {
    expect(parseList(' a, b,,c ')).toEqual(['a', 'b', 'c']);
  });
});

describe('parseTrustedProxies', () => {
  it('takes addresses, ranges and named ranges', () => {
    expect(parseTrustedProxies('loopback, 10.0.0.0/8,192.0.2.1,fd00::/8,::1')).toEqual(['loopback', '10.0.0.0/8', '192.0.2.1', 'fd00::/8', '::1']);
  });

  it.each(['proxy.example.com', '10.0.0.0/33', '10.0.0/8', '10.0.0.0/', 'fd00::/129', '1.2.3.4/8/8', 'true', '*'])('refuses %s', (entry) => {
    expect(() => parseTrustedProxies(`loopback,${entry}`)).toThrow(`"${entry}"`);
  });

  it.each(['0.0.0.0/0', '::/0'])('refuses to trust everybody by %s', (entry) => {
    expect(() => parseTrustedProxies(entry)).toThrow(/everybody/);
  });
});

describe('masking', () => {
  it.each([
    ['postgres://u:secret@h/db', 'postgres://u:***@h/db'],
    ['postgres://u:se@cr/et#@h/db', 'postgres://u:***@h/db'],
    ['postgres://u@h/db', 'postgres://u@h/db'],
    ['postgres://h:5432/db', 'postgres://h:5432/db'],
    ['u:secret@h/db', 'u:***@h/db'],
    ['host=h password=secret', 'host=h password=***'],
    ['postgres://h/db?user=u&password=secret&sslmode=require', 'postgres://h/db?user=u&password=***&sslmode=require'],
    ['plain text', 'plain text'],
  ])('%s', (text, masked) => {
    expect(maskPasswords(text)).toBe(masked);
  });

  it('replaces a secret whole and cuts what is long', () => {
    expect(maskValue('abc', { secret: true })).toBe('***');
    expect(maskValue('x'.repeat(500))).toHaveLength(121);
    expect(maskValue('-----BEGIN CERTIFICATE-----\nAAAA')).toBe('-----BEGIN CERTIFICATE-----…');
  });
});

describe('connectionBudget', () => {
  const sizes = { poolSize: 10, privilegedPoolSize: 3, queuePoolSize: 3 };

  it('adds up the pools, the health and the listening connection, and says how many such processes fit', () => {
    expect(connectionBudget(sizes, 97)).toEqual({
      line: 'database connections of this process: tenant 10 + privileged 3 + queue 3 + health 1 + listening 1 = 18 of 97; room for 5 such processes',
      fits: true,
      total: 18,
    });
    expect(connectionBudget(sizes, 15, ['tenant', 'privileged'])).toMatchObject({ total: 15, fits: true });
  });

  it('says what to do when one process is already too many', () => {
    expect(connectionBudget(sizes, 17)).toMatchObject({
      fits: false,
      line: expect.stringMatching(/lower the pool sizes or raise max_connections/),
    });
  });
});
