import { hashOfToken, newOneTimeToken } from './one-time-token.js';

it('a token has 256 random bits, and only its hash can be kept', () => {
  const made = Array.from({ length: 100 }, () => newOneTimeToken());
  expect(new Set(made.map(({ token }) => token)).size).toBe(100);
  for (const { token, tokenHash } of made) {
    expect(token).toMatch(/^plt_[A-Za-z0-9_-]{43}$/);
    expect(tokenHash).toMatch(/^[0-9a-f]{64}$/);
    expect(hashOfToken(token)).toBe(tokenHash);
    expect(tokenHash).not.toContain(token.slice(4));
  }
});
