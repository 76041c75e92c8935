import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { TestDatabase } from '#database/testing';
import { AccountsService, SessionsService } from '#identity';
import { createApi } from '../../src/http/create-api.js';
import { noteAnswers } from './answered-operations.js';
import { call, type Answer, type Call } from './http-client.js';
import { lastToken } from './outbox.js';

export const HEALTH_TOKEN = 'health-token-of-the-tests-0123456789';

/** The API on a port of its own, over a test's database and under the runtime's weak roles. */
export interface RunningApi {
  readonly url: string;
  readonly app: NestFastifyApplication;
  /** A folder of its own, which holds the outbox of what it sends. */
  readonly home: string;
  call(method: string, path: string, call?: Call): Promise<Answer>;
  close(): Promise<void>;
}

/** Starts the API as main does, but for the port. `variables` are added to the environment. */
export async function startApi(database: TestDatabase, variables: Readonly<Record<string, string>> = {}): Promise<RunningApi> {
  delete process.env['DATABASE_OWNER_URL'];
  delete process.env['DATABASE_QUEUE_URL'];
  const home = await mkdtemp(join(tmpdir(), 'plinth-api-'));
  Object.assign(process.env, {
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    PLINTH_HOME: home,
    HEALTH_TOKEN,
    DATABASE_URL: database.urls.login,
    DATABASE_PRIVILEGED_URL: database.urls.privileged,
    ...variables,
  });
  const app = await createApi();
  const writeDown = noteAnswers(app);
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const close = async (): Promise<void> => {
    await app.close();
    writeDown();
    await rm(home, { recursive: true, force: true });
  };
  return { url, app, home, call: (method, path, options) => call(url, method, path, options), close };
}

export interface RegisteredPerson {
  readonly email: string;
  readonly password: string;
  readonly token: string;
  readonly userId: string;
  readonly orgId: string;
}

/** Makes a person with an organization of their own and a session, past HTTP: for tests of what comes after. */
export async function register(api: RunningApi, name: string): Promise<RegisteredPerson> {
  const { email, password, organizationName } = factsOf(name);
  const { userId, orgId } = await api.app.get(AccountsService).create({ email, password, name, organizationName });
  const { token } = await api.app.get(SessionsService).open({ userId, orgId, role: 'OWNER' }, { ip: null, userAgent: null });
  return { email, password, token, userId, orgId };
}

/** Registers a person with an organization of their own as people do: over HTTP, with the token that was sent to the address. */
export async function registerOverHttp(api: RunningApi, name: string): Promise<RegisteredPerson> {
  const facts = factsOf(name);
  const asked = await api.call('POST', '/v1/auth/register', { json: facts });
  if (asked.status !== 202) throw new Error(`Registration of "${name}" answered ${asked.status}: ${asked.text}`);
  const { status, body, text } = await api.call('POST', '/v1/auth/verify', {
    json: { token: await lastToken(api.home, facts.email), password: facts.password },
  });
  if (status !== 201) throw new Error(`The token of "${name}" answered ${status}: ${text}`);
  const { email, password } = facts;
  return { email, password, token: String(body['accessToken']), userId: String(body['userId']), orgId: String(body['organizationId']) };
}

function factsOf(name: string): { email: string; password: string; name: string; organizationName: string } {
  return { email: `${name.toLowerCase()}@example.test`, password: `a long password of ${name}`, name, organizationName: `${name} Ltd` };
}
