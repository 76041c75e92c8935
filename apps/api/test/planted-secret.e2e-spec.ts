import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestDatabase } from '#database/testing';
import type { Answer } from './support/http-client.js';
import { recordLogs, type LogRecorder } from './support/log-recorder.js';
import { servePrivateRepository, type PrivateRepository } from './support/private-repository.js';
import type { RunningApi } from './support/running-api.js';

const PLANTED = 'PLANTEDq7Zk1tVx';
const RIGHT = { username: 'planted-user', password: `${PLANTED}-right+/=` };
const WRONG = `${PLANTED}-wrong`;

const answers: string[] = [];
const cacheDirectory = fs.mkdtempSync(join(tmpdir(), 'plinth-mirrors-'));
let logs: LogRecorder;
let database: TestDatabase;
let api: RunningApi;
let repository: PrivateRepository;
let token: string;
let orgId: string;
let id: string;

beforeAll(async () => {
  logs = recordLogs();
  const { createTestDatabase } = await import('#database/testing');
  const { register, startApi } = await import('./support/running-api.js');
  repository = await servePrivateRepository(RIGHT);
  database = await createTestDatabase();
  api = await startApi(database, { LOG_LEVEL: 'trace' });
  ({ token, orgId } = await register(api, 'Ada'));
});

afterAll(async () => {
  await api?.close();
  await repository?.close();
  await database?.drop();
  logs?.stop();
  fs.rmSync(cacheDirectory, { recursive: true, force: true });
});

async function call(method: string, path: string, json?: unknown): Promise<Answer> {
  const answer = await api.call(method, path, { token, json });
  answers.push(answer.text, JSON.stringify(answer.headers));
  return answer;
}

const put = (secret: unknown, more: object = {}): Promise<Answer> =>
  call('PUT', `/v1/agent-repositories/${id}/credential`, { provider: 'other', username: RIGHT.username, token: secret, tokenName: 'planted', ...more });

/** Syncs as the worker's job does. */
async function sync(keys?: string): Promise<string> {
  const { RepositorySyncService } = await import('#agents');
  const { createLogger, EncryptionConfig, GitConfig, loadConfig } = await import('#database');
  const logger = createLogger('worker');
  const encryption = loadConfig(EncryptionConfig, { NODE_ENV: 'test', ...(keys === undefined ? {} : { ENCRYPTION_KEYS: keys }) });
  const service = new RepositorySyncService({ ...loadConfig(GitConfig, { NODE_ENV: 'test' }), cacheDirectory }, encryption);
  const db = (await database.open()).tenant(orgId, { actorType: 'WORKER' });
  const work = { db, repositoryId: id, signal: new AbortController().signal, logger, assertHeld: () => Promise.resolve() };
  const outcome = await service.run(work).catch((error: unknown) => {
    logger.error({ err: error }, 'the job failed');
    return { status: 'thrown' };
  });
  logger.info({ outcome }, 'repository synced');
  return outcome.status;
}

/** Every row of every table of the application, as JSON. */
async function stored(): Promise<string> {
  const { everythingStored } = await import('./support/everything-stored.js');
  return (await everythingStored(database)).map(({ table, row }) => `${table} ${row}`).join('\n');
}

/** The texts in which the planted tokens could hide. */
function formsOf(secret: string): string[] {
  const texts = [secret, `${RIGHT.username}:${secret}`, `:${secret}`];
  const encoded = texts.flatMap((text) => [Buffer.from(text).toString('base64'), Buffer.from(text).toString('base64url'), Buffer.from(text).toString('hex')]);
  return [PLANTED, encodeURIComponent(secret), ...encoded.map((text) => text.replace(/=+$/, ''))];
}

function expectClean(what: string, text: string): void {
  for (const secret of [RIGHT.password, WRONG]) {
    expect({ what, holds: formsOf(secret).filter((form) => text.includes(form)) }).toEqual({ what, holds: [] });
  }
}

it('a planted token is found nowhere: not in answers, logs, tables or mirrors', async () => {
  const created = await call('POST', '/v1/agent-repositories', { name: 'private', gitUrl: repository.url });
  id = String(created.body['id']);

  expect((await put(WRONG)).status).toBe(200);
  expect(await sync()).toBe('failed');
  expect((await call('GET', `/v1/agent-repositories/${id}`)).body).toMatchObject({ lastSyncErrors: [{ code: 'GIT_AUTHENTICATION_FAILED' }] });

  expect((await put(RIGHT.password, { expiresAt: new Date(Date.now() + 1_000).toISOString() })).status).toBe(200);
  expect(await sync(`unknown:${Buffer.alloc(32, 9).toString('base64')}`)).toBe('thrown');
  expect(await sync()).toBe('changed');
  expect((await call('GET', `/v1/agent-repositories/${id}/credential`)).body).toMatchObject({ tokenName: 'planted', warning: expect.any(String) });

  const refused = [`${RIGHT.password} `.repeat(200), `${RIGHT.password}\nx`, `${RIGHT.password}\0`, [RIGHT.password], { text: RIGHT.password }];
  for (const secret of refused) {
    expect([400, 422]).toContain((await put(secret)).status);
  }
  expect((await put(RIGHT.password, { unknown: RIGHT.password })).status).toBe(400);
  expect((await call('POST', '/v1/agent-repositories', { name: 'x', gitUrl: `https://user:${RIGHT.password}@git.example/a.git` })).status).toBe(422);
  await call('GET', '/v1/agent-repositories');

  const rows = await stored();
  expect(rows).toContain('"token_name": "planted"');
  expect(rows).toContain('v1.development.');
  expectClean('tables', rows);
  expect((await call('DELETE', `/v1/agent-repositories/${id}/credential`)).status).toBe(204);
  expectClean('tables once it is removed', await stored());
  expect(logs.text()).toContain('A repository could not be synced');
  expect(logs.text()).toContain('[redacted]');
  expectClean('logs', logs.text());
  expect(answers.length).toBeGreaterThan(20);
  expectClean('answers', answers.join('\n'));
  const mirrors = fs.readdirSync(cacheDirectory, { recursive: true, encoding: 'utf8' }).map((name) => join(cacheDirectory, name));
  const files = mirrors.filter((name) => fs.statSync(name).isFile());
  expect(files.some((name) => name.endsWith('plinth-origin'))).toBe(true);
  expectClean('mirrors', files.map((name) => `${name}\n${fs.readFileSync(name, 'latin1')}`).join('\n'));
});
