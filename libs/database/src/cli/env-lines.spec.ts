import { parse } from 'dotenv';
import { envLines, formatLine, knownPasswords, mergeLines } from './env-lines.js';

const ADMIN = 'postgres://root:secret@db.example:6543/postgres?sslmode=require';
const PASSWORDS = { app_login: 'l', app_privileged: 'p', app_queue: 'q', app_owner: `o'$#"\\ @` };

describe('the lines of an .env file', () => {
  test('name the server of the administrator’s URL, each with its own login', () => {
    const lines = envLines(ADMIN, 'plinth', PASSWORDS);
    expect(lines.map(formatLine).slice(0, 3)).toEqual([
      `DATABASE_URL='postgres://app_login:l@db.example:6543/plinth?sslmode=require'`,
      `DATABASE_PRIVILEGED_URL='postgres://app_privileged:p@db.example:6543/plinth?sslmode=require'`,
      `DATABASE_QUEUE_URL='postgres://app_queue:q@db.example:6543/plinth?sslmode=require'`,
    ]);
  });

  test('are read back as they were meant, whatever the password holds', () => {
    const text = mergeLines('', envLines(ADMIN, 'plinth', PASSWORDS));
    expect(knownPasswords(ADMIN, parse(text))).toEqual(PASSWORDS);
  });

  test('keep the folder of a unix socket', () => {
    const [line] = envLines('postgres://root:secret@/postgres?host=/cloudsql/a:b:c', 'plinth', PASSWORDS);
    expect(line?.url).toBe('postgres://app_login:l@/plinth?host=/cloudsql/a:b:c');
  });

  test('are a remark where the password is not known', () => {
    const [line] = envLines(ADMIN, 'plinth', {});
    expect(line && formatLine(line)).toMatch(/^# DATABASE_URL: "app_login" keeps the password/);
  });

  test('replace those that are there and leave everything else alone', () => {
    const before = '# mine\nPORT=3000\nexport DATABASE_URL="postgres://old"\nLAST=1';
    const after = mergeLines(before, envLines(ADMIN, 'plinth', { app_login: 'new$&', app_queue: 'q' }));
    expect(after).toContain(`# mine\nPORT=3000\nDATABASE_URL='postgres://app_login:new%24%26@db.example:6543/plinth?sslmode=require'\nLAST=1\n`);
    expect(parse(after)).toMatchObject({ PORT: '3000', LAST: '1', DATABASE_QUEUE_URL: expect.stringContaining('app_queue') });
    expect(after).not.toContain('DATABASE_OWNER_URL');
  });

  test('of another server, or with another login, tell no password', () => {
    expect(
      knownPasswords(ADMIN, {
        DATABASE_URL: 'postgres://app_login:l@other.example:6543/plinth',
        DATABASE_QUEUE_URL: 'postgres://somebody:q@db.example:6543/plinth',
        DATABASE_OWNER_URL: 'nonsense',
        DATABASE_PRIVILEGED_URL: 'postgres://app_privileged:p@db.example:6543/plinth',
      }),
    ).toEqual({ app_privileged: 'p' });
  });
});
