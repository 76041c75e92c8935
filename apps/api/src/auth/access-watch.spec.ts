import { jest } from '@jest/globals';
import type { PermissionKey, Principal } from '#database';
import { SessionEndedError, TokenExpiredError, type Authenticator } from '#identity';
import { AccessWatch } from './access-watch.js';

const READ: PermissionKey = 'run:read';
let answer: () => Promise<Principal>;
let looks: string[];
let watch: AccessWatch;

const allowed = (...scopes: PermissionKey[]): Promise<Principal> =>
  Promise.resolve({ userId: null, orgId: null, actorType: 'API_KEY', actorId: null, role: null, scopes });

beforeEach(() => {
  jest.useFakeTimers();
  answer = () => allowed(READ);
  looks = [];
  const authenticator: Pick<Authenticator, 'principalOf'> = {
    principalOf: (credential) => {
      looks.push(credential);
      return answer();
    },
  };
  watch = new AccessWatch(authenticator);
});
afterEach(() => {
  watch.onModuleDestroy();
  jest.useRealTimers();
});

it.each<[string, () => Promise<Principal>]>([
  ['the session has ended', () => Promise.reject(new SessionEndedError())],
  ['the access token has expired', () => Promise.reject(new TokenExpiredError())],
  ['the permission is gone', () => allowed('agent:read')],
  ['nobody can say', () => Promise.reject(new Error('no database'))],
])('ends what is watched a second after %s, and looks no more', async (_what, now) => {
  let ended = 0;
  watch.watch('a', READ, () => (ended += 1));
  await jest.advanceTimersByTimeAsync(5_000);
  expect([ended, looks.length]).toEqual([0, 5]);
  answer = now;
  await jest.advanceTimersByTimeAsync(1_000);
  expect([ended, looks.length]).toEqual([1, 6]);
  await jest.advanceTimersByTimeAsync(5_000);
  expect([ended, looks.length]).toEqual([1, 6]);
});

it('looks once for all with the same credential, and ends each of them alone', async () => {
  const ended: string[] = [];
  watch.watch('a', READ, () => ended.push('first of a'));
  watch.watch('a', READ, () => ended.push('second of a'));
  watch.watch('b', READ, () => ended.push('b'));
  await jest.advanceTimersByTimeAsync(1_000);
  expect(looks.sort()).toEqual(['a', 'b']);
  answer = () => (looks.at(-1) === 'a' ? Promise.reject(new SessionEndedError()) : allowed(READ));
  await jest.advanceTimersByTimeAsync(1_000);
  expect(ended).toEqual(['first of a', 'second of a']);
});

it('looks no more when all have left, also while it looks, and begins anew with the next', async () => {
  let ended = 0;
  const end = (): void => void (ended += 1);
  const [leaveOne, leaveOther] = [watch.watch('a', READ, end), watch.watch('a', READ, end)];
  leaveOne();
  let settle = (): void => undefined;
  answer = () => new Promise((resolve) => (settle = () => resolve(allowed(READ))));
  await jest.advanceTimersByTimeAsync(1_000);
  leaveOther();
  settle();
  await jest.advanceTimersByTimeAsync(5_000);
  expect([ended, looks.length]).toEqual([0, 1]);
  answer = () => Promise.reject(new SessionEndedError());
  watch.watch('a', READ, end);
  await jest.advanceTimersByTimeAsync(1_000);
  expect([ended, looks.length]).toEqual([1, 2]);
});
