import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { TestDatabase } from '#database/testing';
import { createApi } from '../../src/http/create-api.js';
import { call, type Answer, type Call } from './http-client.js';

export const HEALTH_TOKEN = 'health-token-of-the-tests-0123456789';

/** The API on a port of its own, over a test's database and under the runtime's weak roles. */
export interface RunningApi {
  readonly url: string;
  readonly app: NestFastifyApplication;
  call(method: string, path: string, call?: Call): Promise<Answer>;
  close(): Promise<void>;
}

/** Starts the API as main does, but for the port. `variables` are added to the environment. */
export async function startApi(database: TestDatabase, variables: Readonly<Record<string, string>> = {}): Promise<RunningApi> {
  delete process.env['DATABASE_OWNER_URL'];
  delete process.env['DATABASE_QUEUE_URL'];
  Object.assign(process.env, {
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    HEALTH_TOKEN,
    DATABASE_URL: database.urls.login,
    DATABASE_PRIVILEGED_URL: database.urls.privileged,
    ...variables,
  });
  const app = await createApi();
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  return { url, app, call: (method, path, options) => call(url, method, path, options), close: () => app.close() };
}

export interface RegisteredPerson {
  readonly email: string;
  readonly password: string;
  readonly token: string;
  readonly userId: string;
  readonly orgId: string;
}

/** Registers a person with an organization of their own, over HTTP. */
export async function register(api: RunningApi, name: string): Promise<RegisteredPerson> {
  const email = `${name.toLowerCase()}@example.test`;
  const password = `a long password of ${name}`;
  const { status, body, text } = await api.call('POST', '/v1/auth/register', { json: { email, password, name, organizationName: `${name} Ltd` } });
  if (status !== 201) throw new Error(`Registration of "${name}" answered ${status}: ${text}`);
  return { email, password, token: String(body['accessToken']), userId: String(body['userId']), orgId: String(body['organizationId']) };
}
