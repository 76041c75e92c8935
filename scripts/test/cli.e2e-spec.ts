import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPlinthClient, dataOf, type PlinthClient } from '#client';
import { createTestDatabase, type TestDatabase } from '#database/testing';
import { lastToken } from '../../apps/api/test/support/outbox.js';
import { AtTerminal, plinth, spawnPlinth, type Said } from './support/command-line.js';
import { ServiceProcess } from './support/service-process.js';

const EMAIL = 'ada@example.test';
const PASSWORD = 'a long password of Ada';
const TIMEOUT_MS = 120_000;

let database: TestDatabase;
let home: string;
let api: ServiceProcess;
let worker: ServiceProcess;
let url: string;
let ada: PlinthClient;

beforeAll(async () => {
  database = await createTestDatabase();
  home = await mkdtemp(join(tmpdir(), 'plinth-cli-'));
  await chmod(home, 0o711);
  const { login, privileged, queue } = database.urls;
  const variables = { NODE_ENV: 'test', PLINTH_HOME: home, PORT: '0', WORKER_PORT: '0', QUEUE_POLL_INTERVAL_MS: '200' };
  const databases = { DATABASE_URL: login, DATABASE_PRIVILEGED_URL: privileged, DATABASE_QUEUE_URL: queue };
  api = new ServiceProcess('api', { ...variables, ...databases });
  worker = new ServiceProcess('worker', { ...variables, ...databases });
  url = await api.url;
  await worker.url;
  ada = await registered();
}, TIMEOUT_MS);

afterAll(async () => {
  await Promise.all([api?.end('SIGKILL'), worker?.end('SIGKILL')]);
  await database?.drop();
  await rm(home, { recursive: true, force: true });
});

async function registered(): Promise<PlinthClient> {
  const nobody = createPlinthClient({ baseUrl: url });
  await nobody.POST('/v1/auth/register', { body: { email: EMAIL, password: PASSWORD, name: 'Ada', organizationName: 'Ada Ltd' } });
  const { accessToken } = await dataOf(nobody.POST('/v1/auth/verify', { body: { token: await lastToken(home, EMAIL), password: PASSWORD } }));
  return createPlinthClient({ baseUrl: url, token: accessToken });
}

const tools = ['ask_for_input', 'run_agent', 'read_data', 'write_data'];
const agent = async (name: string): Promise<unknown> => ada.POST('/v1/agents', { body: { name, tools } });
const asking = (question: object): string => `/call ask_for_input ${JSON.stringify(question)}`;
const jsonLines = ({ out }: Said): Record<string, unknown>[] =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('signing in', () => {
  it('takes the password from stdin, and keeps the session where only its owner reads it', async () => {
    const said = await spawnPlinth(home, ['login', '--url', url, '--email', EMAIL], { input: `${PASSWORD}\n` });
    expect(said).toEqual({ code: 0, out: `Signed in at ${url} as ${EMAIL} (OWNER).\n`, err: '' });
    const file = join(home, 'session.json');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, 'utf8')).not.toContain(PASSWORD);
    expect(await plinth(home, ['whoami'])).toEqual({ code: 0, out: `Ada <${EMAIL}>, OWNER of Ada Ltd\n`, err: '' });
  });

  it('asks at a terminal and shows no letter of the password', async () => {
    const terminal = new AtTerminal(home, ['login', '--url', url]);
    await terminal.answers('Address: ', EMAIL);
    await terminal.answers('Password: ', PASSWORD);
    expect(await terminal.ended).toBe(0);
    expect(terminal.shown + terminal.out).not.toContain(PASSWORD.slice(1, 6));
  });

  it('says in one line what is wrong, and what to do', async () => {
    const wrong = await plinth(home, ['login', '--url', url, '--email', EMAIL], { input: 'wrong\n' });
    expect(wrong).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^INVALID_CREDENTIALS: .*\n$/) });
    const nobody = await spawnPlinth(join(home, 'other'), ['whoami']);
    expect(nobody).toEqual({ code: 2, out: '', err: 'NOT_SIGNED_IN: Nobody is signed in. Sign in: npm run plinth -- login\n' });
    const nowhere = await spawnPlinth(home, ['login', '--url', 'http://127.0.0.1:1', '--email', EMAIL, '--json'], { input: 'x\n' });
    expect(nowhere.code).toBe(4);
    expect(JSON.parse(nowhere.err)).toMatchObject({ error: { code: 'UNREACHABLE', exitCode: 4 } });
    expect((await plinth(home, ['fly'])).code).toBe(2);
  });

  it('renews the session where the access token is no longer good', async () => {
    const file = join(home, 'session.json');
    const before = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>;
    await writeFile(file, JSON.stringify({ ...before, accessToken: 'an.expired.token' }));
    expect((await plinth(home, ['whoami', '--json'])).code).toBe(0);
    const after = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>;
    expect(after['refreshToken']).not.toBe(before['refreshToken']);
  });
});

describe('lists and keys', () => {
  it('shows agents as a table and as JSON lines', async () => {
    await agent('Listed');
    expect((await plinth(home, ['agents', '--name', 'Listed'])).out).toMatch(/^ID +NAME +MODEL +ACTIVE\n[0-9a-f-]{36} +Listed +- +yes\n$/);
    expect(jsonLines(await plinth(home, ['agents', '--name', 'Listed', '--json']))).toEqual([expect.objectContaining({ name: 'Listed', isActive: true })]);
  });

  it('makes a key that works, lists it without its secret, and revokes it', async () => {
    const { out: key } = await plinth(home, ['keys', 'create', 'ci', '--scope', 'agent:read']);
    const withKey = { env: { PLINTH_API_KEY: key.trim(), PLINTH_URL: url } };
    expect((await plinth(join(home, 'other'), ['agents'], withKey)).code).toBe(0);
    expect((await plinth(join(home, 'other'), ['runs'], withKey)).err).toMatch(/^PERMISSION_DENIED: /);
    const [listed] = jsonLines(await plinth(home, ['keys', 'list', '--json']));
    expect(JSON.stringify(listed)).not.toContain(key.trim());
    expect(await plinth(home, ['keys', 'revoke', String(listed?.['id'])])).toMatchObject({ code: 0, out: 'Revoked.\n' });
  });

  it('adds a repository, asks for a sync and lists it', async () => {
    const added = jsonLines(await plinth(home, ['repositories', 'add', 'https://git.example/agents.git', '--json']));
    expect(added).toEqual([expect.objectContaining({ name: 'agents', gitUrl: 'https://git.example/agents.git' })]);
    expect((await plinth(home, ['repositories', 'sync', String(added[0]?.['id'])])).code).toBe(0);
    expect((await plinth(home, ['repositories', 'list'])).out).toContain('https://git.example/agents.git');
  });
});

describe('a run', () => {
  beforeAll(async () => {
    await agent('Clerk');
    await agent('Boss');
  });

  it('is followed to its end: what it says on stdout, its steps on stderr', async () => {
    const said = await plinth(home, ['run', 'Clerk', '--prompt', 'Hello']);
    expect(said.code).toBe(0);
    expect(said.out).toMatch(/^\[offline model\] .*Hello\n/);
    expect(said.err).toMatch(/1\. model.* ms, \d+ tokens/);
    expect(said.err).toContain('completed');
    expect(said.err).not.toContain('\u001b[');
  });

  it('takes answers from piped lines, and asks again where one does not fit', async () => {
    const schema = { type: 'object', required: ['count'], properties: { count: { type: 'integer' }, note: { type: 'string' } } };
    const prompt = asking({ prompt: 'How many?', schema });
    const said = await spawnPlinth(home, ['run', 'Clerk', '--prompt', prompt], { input: 'many\n\n3\nplease\n' });
    expect(said).toMatchObject({ code: 0, out: expect.stringContaining('"count":3') });
    expect(said.err).toContain('Clerk asks: How many?');
    expect(said.err).toContain('Not that: count must be integer');
  });

  it('prints one JSON object for each event with --json, nested runs included, and the run at the end', async () => {
    const prompt = `/call run_agent ${JSON.stringify({ agent: 'Clerk', prompt: 'Hello below' })}`;
    const said = await spawnPlinth(home, ['run', 'Boss', '--prompt', prompt, '--json']);
    expect(said.code).toBe(0);
    const lines = jsonLines(said);
    expect(lines.at(-1)).toMatchObject({ type: 'RUN', data: { status: 'COMPLETED', agentName: 'Boss' } });
    expect(new Set(lines.map(({ depth }) => depth))).toEqual(new Set([0, 1, undefined]));
    const below = lines.filter(({ depth }) => depth === 1);
    expect(below.at(-1)).toMatchObject({ type: 'RUN_STATUS', data: { status: 'COMPLETED' } });
    expect(said.err).toBe('');
  });

  it('says what failed where it fails, with exit code 1', async () => {
    expect(await spawnPlinth(home, ['run', 'Nobody', '--prompt', 'x'])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^AGENT_NOT_FOUND: .*plinth -- agents, or agents --git\n$/),
    });
  });

  it('asks at the terminal, and goes on at once where somebody else answers', async () => {
    const terminal = new AtTerminal(home, ['run', 'Clerk', '--prompt', asking({ prompt: 'Which colour?', schema: { type: 'string', enum: ['red', 'blue'] } })]);
    await terminal.answers('[red | blue]', 'green');
    await terminal.sees('Not that: the answer must be equal to one of the allowed values');
    await terminal.answers('[red | blue]', 'blue');
    expect(await terminal.ended).toBe(0);
    expect(terminal.out).toContain('blue');

    const other = new AtTerminal(home, ['run', 'Clerk', '--prompt', asking({ prompt: 'And now?' })]);
    await other.sees('And now?');
    const { items } = await dataOf(ada.GET('/v1/input-requests', { params: { query: { open: true } } }));
    const answered = await plinth(home, ['answer', String(items[0]?.id), '--json', '"from elsewhere"']);
    expect(JSON.parse(answered.out)).toMatchObject({ isOpen: false, response: 'from elsewhere' });
    expect(await other.ended).toBe(0);
    expect(other.out).toContain('from elsewhere');
  });

  it('is cancelled by Ctrl-C and a yes, with exit code 3', async () => {
    const terminal = new AtTerminal(home, ['run', 'Clerk', '--prompt', asking({ prompt: 'Wait?' })]);
    await terminal.sees('Wait?');
    await terminal.sees('> ');
    terminal.pressCtrlC();
    await terminal.answers('Cancel the run?', 'y');
    expect(await terminal.ended).toBe(3);
    expect(terminal.shown).toContain('cancelled');
  });

  it('goes on where a second Ctrl-C leaves it, and can be listed and cancelled', async () => {
    const terminal = new AtTerminal(home, ['run', 'Clerk', '--prompt', asking({ prompt: 'Still?' })]);
    await terminal.sees('Still?');
    await terminal.sees('> ');
    terminal.pressCtrlC();
    await terminal.sees('Cancel the run?');
    terminal.pressCtrlC();
    expect(await terminal.ended).toBe(130);
    const [run] = jsonLines(await plinth(home, ['runs', '--status', 'WAITING_INPUT', '--json']));
    const id = String(run?.['id']);
    expect(terminal.shown).toContain(`npm run plinth -- cancel ${id}`);
    expect(await plinth(home, ['cancel', id])).toMatchObject({ code: 0, out: 'The run is cancelled.\n' });
    expect((await plinth(home, ['runs', '--id', id])).out).toContain('CANCELLED');
  });

  it('is left by a signal where nobody can be asked, and says how to come back to it', async () => {
    const prompt = asking({ prompt: 'Anybody?' });
    const said = await spawnPlinth(home, ['run', 'Clerk', '--prompt', prompt], { interruptAt: 'the run waits' });
    expect(said).toMatchObject({
      code: 130,
      out: '',
      err: expect.stringMatching(/plinth -- answer [0-9a-f-]{36} --json '…'\nThe run goes on\. .*plinth -- cancel /),
    });
  });

  it('is started and left with --detach, and counts as used', async () => {
    const { code, out } = await plinth(home, ['run', 'Clerk', '--prompt', 'Hello', '--detach']);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^[0-9a-f-]{36}\n$/) });
    expect((await plinth(home, ['usage'])).out).toMatch(/^\d+ runs, \d+ tokens, cost 0\.00\n/);
    expect(JSON.parse((await plinth(home, ['usage', '--json'])).out)).toMatchObject({ runs: expect.any(Number) });
  });
});

it('forgets the session at logout, here and there', async () => {
  expect(await plinth(home, ['logout'])).toEqual({ code: 0, out: 'Signed out.\n', err: '' });
  expect(await plinth(home, ['whoami'])).toMatchObject({ code: 2, err: expect.stringMatching(/^NOT_SIGNED_IN: /) });
});

it.each(['login', 'run', 'repositories add', 'keys create', 'answer', 'usage'])('shows examples in the help of %s', async (command) => {
  const { code, out } = await plinth(home, [...command.split(' '), '--help']);
  expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('Examples:\n  npm run plinth -- ') });
});
