import { newId } from '#database';
import { makeRefreshToken, readRefreshToken } from './refresh-tokens.js';

it('a token carries its id and 256 random bits, and reads as what is stored of it', () => {
  const id = newId();
  const { token, proof } = makeRefreshToken(id);
  expect(token).toMatch(new RegExp(`^plr_${id}\\.[A-Za-z0-9_-]{43}$`));
  expect(Buffer.from(token.split('.')[1] ?? '', 'base64url')).toHaveLength(32);
  expect(proof.hash).toMatch(/^[0-9a-f]{64}$/);
  expect(readRefreshToken(token)).toEqual(proof);
  expect(makeRefreshToken(id).token).not.toBe(token);
});

it.each([
  '',
  'plr_',
  `plr_${newId()}`,
  `plr_${'-'.repeat(36)}.${'A'.repeat(43)}`,
  ` ${makeRefreshToken(newId()).token}`,
  `${makeRefreshToken(newId()).token}\n`,
])('"%s" is no token', (text) => {
  expect(readRefreshToken(text)).toBeUndefined();
});
