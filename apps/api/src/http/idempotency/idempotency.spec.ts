import { CommitUnknownError, ConnectionLostError } from '#database';
import { mayHaveTakenEffect } from './may-have-taken-effect.js';
import { requestHash } from './request-hash.js';

const request = { method: 'POST', url: '/v1/things', caller: 'USER 1', body: { name: 'a', parts: [{ x: 1, y: 2 }] } };

describe('what makes a request the same one', () => {
  it('the order of properties does not count, at any depth', () => {
    expect(requestHash({ ...request, body: { parts: [{ y: 2, x: 1 }], name: 'a' } })).toBe(requestHash(request));
  });

  it.each([
    { method: 'PUT' },
    { url: '/v1/things?dry=1' },
    { caller: 'USER 2' },
    { body: { name: 'a', parts: [{ x: 1, y: 3 }] } },
    { body: { name: 'a', parts: [{ x: 1, y: '2' }] } },
    { body: undefined },
  ])('%j makes it another', (difference) => {
    expect(requestHash({ ...request, ...difference })).not.toBe(requestHash(request));
  });
});

describe('a failure after which nobody knows', () => {
  it('is a commit without an answer, however deep it lies, and nothing else', () => {
    const lost = new CommitUnknownError(new Error('socket'));
    expect(mayHaveTakenEffect(lost)).toBe(true);
    expect(mayHaveTakenEffect(new Error('around it', { cause: lost }))).toBe(true);
    expect(mayHaveTakenEffect(new ConnectionLostError(new Error('socket')))).toBe(false);
    expect(mayHaveTakenEffect('a text')).toBe(false);
  });
});
