import { PassThrough } from 'node:stream';
import { runCli } from '#database/cli';
import { createTestDatabase, withAdmin, type TestDatabase } from '#database/testing';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { readPassword } from './read-password.js';
import { userAdmin } from './user-admin.command.js';
import { userCreate } from './user-create.command.js';

const PASSWORD = 'a long password of Ada';
const before = { ...process.env };
let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
  Object.assign(process.env, { NODE_ENV: 'test', DATABASE_URL: test.urls.login, DATABASE_PRIVILEGED_URL: test.urls.privileged });
});
afterAll(async () => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
  await test.drop();
});

const rows = <R extends object>(text: string, values: readonly unknown[] = []): Promise<R[]> =>
  withAdmin(test.urls.admin, async (admin) => (await admin.query<R>(text, [...values])).rows);

async function run(args: readonly string[], password = PASSWORD): Promise<{ code: number; out: string; err: string }> {
  const lines: Record<'out' | 'err', string[]> = { out: [], err: [] };
  const io = { out: (line: string) => lines.out.push(line), err: (line: string) => lines.err.push(line), env: process.env };
  const code = await runCli(args, [userCreate(() => Promise.resolve(password)), userAdmin], io);
  return { code, out: lines.out.join('\n'), err: lines.err.join('\n') };
}

const create = (email: string, password?: string): ReturnType<typeof run> =>
  run(['user:create', '--email', email, '--name', 'Ada', '--organization', 'Analytical Engines'], password);

it('makes a person who can sign in, with an organization that they own', async () => {
  const { code, out, err } = await create('Ada@Example.test');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).not.toContain(PASSWORD);
  const [person] = await rows<{ id: string; role: string; slug: string; hash: string; verified: boolean }>(
    `select u.id, m.role, o.slug, c.password_hash as hash, u.email_verified_at is not null as verified from app."user" u
       join app.organization_user m on m.user_id = u.id join app.organization o on o.id = m.org_id join app.user_credential c on c.user_id = u.id
      where u.email = 'ada@example.test'`,
  );
  expect(person).toMatchObject({ role: 'OWNER', slug: 'analytical-engines', verified: true });
  expect(out).toContain(person?.id);
  const account = { passwordHash: person?.hash ?? '' };
  expect(await new PasswordHasher().authenticate(PASSWORD, () => Promise.resolve(account))).toBe(account);
});

it.each([
  ['an address that is taken', 'ada@example.test', PASSWORD, 'EmailTakenError'],
  ['what is no address', 'ada', PASSWORD, '--email must be an e-mail address'],
  ['a password that is too short', 'grace@example.test', 'short', 'PasswordLengthError'],
])('refuses %s, and says so', async (_what, email, password, message) => {
  expect(await create(email, password)).toMatchObject({ code: 1, out: '', err: expect.stringContaining(message) });
});

it('lets a person run the platform and no longer, and keeps who did it and why', async () => {
  const role = async (): Promise<unknown> => (await rows(`select system_role from app."user" where email = 'ada@example.test'`))[0];
  const admin = (...args: string[]): ReturnType<typeof run> => run(['user:admin', '--email', 'Ada@example.test', ...args]);
  expect(await admin('--grant', '--reason', 'first operator')).toMatchObject({ code: 0, out: 'ada@example.test is SYSTEM_ADMIN from now on.' });
  expect(await role()).toEqual({ system_role: 'SYSTEM_ADMIN' });
  expect(await admin('--revoke', '--reason', 'left')).toMatchObject({ code: 0 });
  expect(await role()).toEqual({ system_role: 'USER' });
  const uses = await rows<{ actor: string; reason: string }>(`select actor, reason from app.unrestricted_access where event = 'STARTED' order by id`);
  expect(uses.map(({ reason }) => reason)).toEqual(['make ada@example.test SYSTEM_ADMIN: first operator', 'make ada@example.test USER: left']);
  expect(uses[0]?.actor).toMatch(/^user:admin by ./);
  expect(await admin('--reason', 'x')).toMatchObject({ code: 1, err: expect.stringContaining('--grant') });
  expect(await admin('--grant', '--revoke', '--reason', 'x')).toMatchObject({ code: 1 });
  expect(await admin('--grant', '--reason', ' ')).toMatchObject({ code: 1, err: expect.stringContaining('--reason') });
  expect(await run(['user:admin', '--email', 'nobody@example.test', '--grant', '--reason', 'x'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('No user has the address nobody@example.test'),
  });
});

describe('a password', () => {
  const typed = (text: string, isTTY = false): Promise<string> => {
    const input = Object.assign(new PassThrough(), { isTTY });
    input.end(text);
    return readPassword(input, new PassThrough());
  };

  it('is the first line of stdin, as it is', async () => {
    expect(await typed('  a b \nmore\n')).toBe('  a b ');
    expect(await typed('without an end')).toBe('without an end');
  });

  it('at a terminal is asked for and not shown', async () => {
    const input = Object.assign(new PassThrough(), { isTTY: true });
    const shown = new PassThrough();
    const read = readPassword(input, shown);
    input.write(`${PASSWORD}\n`);
    expect(await read).toBe(PASSWORD);
    expect(String(shown.read())).toBe('Password: \n');
  });

  it.each(['', '\n'])('that is missing is said: %j', async (text) => {
    await expect(typed(text)).rejects.toMatchObject({ code: 'PASSWORD_MISSING' });
  });
});
