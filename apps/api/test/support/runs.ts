import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { TestDatabase } from '#database/testing';
import { createWorker } from '../../../worker/src/create-worker.js';
import type { Answer } from './http-client.js';
import type { RegisteredPerson, RunningApi } from './running-api.js';

/** Starts the worker as main does, on the database of a test. `variables` are added to the environment while it is made. */
export async function startWorker(database: TestDatabase, variables: Readonly<Record<string, string>> = {}): Promise<NestFastifyApplication> {
  const added: Readonly<Record<string, string>> = {
    DATABASE_QUEUE_URL: database.urls.queue,
    QUEUE_POLL_INTERVAL_MS: '100',
    MODEL_BASE_URL: '',
    ...variables,
  };
  const before = Object.keys(added).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, added);
  try {
    const worker = await createWorker();
    await worker.init();
    return worker;
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}

/** Makes an agent over HTTP. Answers its id. */
export async function makeAgent(api: RunningApi, person: Pick<RegisteredPerson, 'token'>, name: string, tools: readonly string[] = []): Promise<string> {
  return idOf(await api.call('POST', '/v1/agents', { token: person.token, json: { name, tools } }), 201);
}

/** Starts a run over HTTP. Answers its id. */
export async function startRun(api: RunningApi, person: Pick<RegisteredPerson, 'token'>, agent: string, prompt = 'Do it.'): Promise<string> {
  return idOf(await api.call('POST', '/v1/runs', { token: person.token, json: { agent, prompt } }), 202);
}

function idOf({ status, body, text }: Answer, expected: number): string {
  if (status !== expected) throw new Error(`Answered ${status} instead of ${expected}: ${text}`);
  return String(body['id']);
}
