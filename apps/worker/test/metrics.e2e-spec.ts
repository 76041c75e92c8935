import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createTestDatabase, type TestDatabase } from '#database/testing';
import { listen } from '#service';
import { createWorker } from '../src/create-worker.js';

const before = { ...process.env };
let database: TestDatabase;
let app: NestFastifyApplication;
let url: string;

beforeAll(async () => {
  database = await createTestDatabase();
  const { login, privileged, queue } = database.urls;
  Object.assign(process.env, { NODE_ENV: 'test', DATABASE_URL: login, DATABASE_PRIVILEGED_URL: privileged, DATABASE_QUEUE_URL: queue, LOG_LEVEL: 'silent' });
  app = await createWorker();
  url = await listen(app, { host: '127.0.0.1', port: 0, variable: 'WORKER_PORT' });
});

afterAll(async () => {
  await app?.close();
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
  await database?.drop();
});

describe('the worker over HTTP', () => {
  it('tells how far each class of jobs is behind, and of its pools and itself', async () => {
    const answer = await fetch(`${url}/metrics`);
    const text = await answer.text();
    expect(answer.status).toBe(200);
    for (const name of ['tenants', 'system']) {
      expect(text).toMatch(new RegExp(`plinth_queue_lag_seconds\\{class="${name}"\\} \\d`));
      expect(text).toMatch(new RegExp(`plinth_queue_due_jobs\\{class="${name}"\\} \\d`));
    }
    expect(text).toContain('plinth_db_pool_connections{pool="queue",state="used"}');
    expect(text).toContain('process_cpu_seconds_total');
  });

  it('answers an unknown path as a problem with a request id', async () => {
    const answer = await fetch(`${url}/nothing`);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await answer.json()).toMatchObject({ status: 404, code: 'ROUTE_NOT_FOUND', requestId: answer.headers.get('x-request-id') });
  });
});
