import { jest } from '@jest/globals';
import fs from 'node:fs';
import { createLogger } from './logging.js';

describe('a line of the log', () => {
  let written = '';

  beforeAll(() => {
    jest.spyOn(fs, 'writeSync').mockImplementation((_fd: number, content: string | NodeJS.ArrayBufferView) => {
      const text = typeof content === 'string' ? content : '';
      written += text;
      return Buffer.byteLength(text);
    });
  });
  afterAll(() => jest.restoreAllMocks());

  function lineOf(fields: object): string {
    written = '';
    const logger = createLogger('redaction');
    logger.level = 'info';
    logger.info(fields, 'said');
    return written;
  }

  it.each(['password', 'currentPassword', 'newPassword', 'token', 'accessToken', 'refreshToken', 'secret', 'apiKey', 'authorization', 'cookie', 'set-cookie'])(
    'shows no "%s", however it is wrapped',
    (name) => {
      for (const fields of [{ [name]: 'PLANTED' }, { body: { [name]: 'PLANTED' } }, { req: { headers: { [name]: 'PLANTED' } } }]) {
        const line = lineOf(fields);
        expect(line).toContain('[redacted]');
        expect(line).not.toContain('PLANTED');
      }
    },
  );

  it('shows what is none', () => {
    expect(lineOf({ tokens: 7, agent: { name: 'helper' } })).toContain('"tokens":7,"agent":{"name":"helper"}');
  });

  it('shows of an error no objects that a library hung on it', () => {
    const error = Object.assign(new Error('refused'), { config: { headers: { 'x-key': 'PLANTED' } }, detail: 'Key (email)=(PLANTED) exists', code: '23505' });
    expect(lineOf({ err: error })).not.toContain('PLANTED');
    expect(lineOf({ err: error })).toContain('"code":"23505"');
  });
});
