import { isVerifierOf, newPassword, scramVerifier } from './passwords.js';

describe('passwords', () => {
  test('a new one has 32 random bytes and needs no escaping', () => {
    const [first, second] = [newPassword(), newPassword()];
    expect(first).toMatch(/^[\w-]{43}$/);
    expect(second).not.toBe(first);
  });

  test('a verifier is of its password and of no other', () => {
    const verifier = scramVerifier('pässword');
    expect(isVerifierOf(verifier, 'pässword')).toBe(true);
    expect(isVerifierOf(verifier, 'password')).toBe(false);
    expect(scramVerifier('pässword')).not.toBe(verifier);
  });

  test.each([null, '', 'md53175bce1d3201d16594cebf9d7eb3f9d', 'SCRAM-SHA-256$4096:AA=='])('%p is the verifier of no password', (verifier) => {
    expect(isVerifierOf(verifier, 'password')).toBe(false);
  });
});
