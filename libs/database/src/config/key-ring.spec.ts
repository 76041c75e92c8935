import { randomBytes } from 'node:crypto';
import { InvalidSettingError } from './errors.js';
import { parseKeyRing } from './key-ring.js';

const key = (bytes = 32): string => randomBytes(bytes).toString('base64');

describe('parseKeyRing', () => {
  it('makes the first key the current one and finds all by their id', () => {
    const first = key();
    const ring = parseKeyRing(`2026-11:${first}, 2026-10:${key(64)}`);
    expect(ring.kids).toEqual(['2026-11', '2026-10']);
    expect(ring.current.kid).toBe('2026-11');
    expect(Buffer.from(ring.current.bytes).toString('base64')).toBe(first);
    expect(ring.find('2026-10')?.bytes).toHaveLength(64);
    expect(ring.find('2026-09')).toBeUndefined();
  });

  it('takes the URL form of base64 too', () => {
    const bytes = Buffer.alloc(33, 0xfb);
    expect(Buffer.from(parseKeyRing(`a:${bytes.toString('base64url')}`).current.bytes)).toEqual(bytes);
  });

  it.each([
    ['a key of 31 bytes', `a:${key(31)}`, /"a" of 31 bytes/],
    ['the same id twice', `a:${key()},a:${key()}`, /"a" twice/],
    ['no id', key(), /entry 1/],
    ['an empty id', `:${key()}`, /entry 1/],
    ['an empty entry', `a:${key()},`, /entry 2/],
    ['an empty key', 'a:', /"a" that is not base64/],
    ['other text than base64', `a:${'!'.repeat(44)}`, /not base64/],
    ['nothing', '', /entry 1/],
  ])('refuses %s', (_name, text, message) => {
    expect(() => parseKeyRing(text)).toThrow(InvalidSettingError);
    expect(() => parseKeyRing(text)).toThrow(message);
  });
});
