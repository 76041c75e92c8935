import { KeyRing, newId } from '#database';
import { parseCiphertext } from './ciphertext.js';
import { EncryptionKeyUnknownError, SecretUnreadableError, type SecretPlace } from './errors.js';
import { keyIdOf, SecretBox } from './secret-box.js';

const SECRET = 'ghp_planted-secret';
const keyOf = (kid: string, byte: number): { kid: string; bytes: Uint8Array } => ({ kid, bytes: new Uint8Array(40).fill(byte) });
const old = keyOf('2025.a-b_c', 1);
const young = keyOf('2026', 2);
const place: SecretPlace = { table: 'git_credential', orgId: newId(), uid: newId() };
const box = new SecretBox(new KeyRing([old]));

it('opens at its place what was sealed there, also once another key seals', () => {
  const stored = box.seal(SECRET, place);
  expect(stored).toMatch(/^v1\.2025\.a-b_c\.[\w-]{16}\.[\w-]+\.[\w-]{22}$/);
  expect(stored).not.toContain(SECRET);
  expect(keyIdOf(stored)).toBe(old.kid);
  expect(new SecretBox(new KeyRing([young, old])).open(stored, place)).toBe(SECRET);
});

it('never makes the same text twice', () => {
  const texts = new Set(Array.from({ length: 100 }, () => box.seal(SECRET, place)));
  expect(texts.size).toBe(100);
});

it.each<[string, Partial<SecretPlace>]>([
  ['row', { uid: newId() }],
  ['organization', { orgId: newId() }],
  ['table', { table: 'external_account' }],
])('does not open what was moved to another %s', (_what, change) => {
  const stored = box.seal(SECRET, place);
  expect(() => box.open(stored, { ...place, ...change })).toThrow(SecretUnreadableError);
});

it('does not open what was changed in any part', () => {
  const stored = box.seal(SECRET, place);
  const parts = parseCiphertext(stored);
  expect(parts).toBeDefined();
  for (let at = stored.lastIndexOf('a-b_c') + 6; at < stored.length; at += 1) {
    const changed = stored.slice(0, at) + (stored[at] === 'A' ? 'B' : 'A') + stored.slice(at + 1);
    expect(() => box.open(changed, place)).toThrow(SecretUnreadableError);
  }
  for (const text of ['', 'v1', SECRET, `v2${stored.slice(2)}`, `${stored}=`, stored.replace(/\.[^.]*$/, '.')]) {
    expect(() => box.open(text, place)).toThrow(SecretUnreadableError);
  }
});

it('names the key and the row, and not the content, where the key is unknown', () => {
  const stored = box.seal(SECRET, place);
  const failure = (): string => new SecretBox(new KeyRing([young])).open(stored, place);
  expect(failure).toThrow(EncryptionKeyUnknownError);
  expect(failure).toThrow(new RegExp(`${place.uid}.*"2025\\.a-b_c"`));
  expect(failure).not.toThrow(new RegExp(stored.slice(-22)));
});
