import type { Answer } from './http-client.js';
import type { RegisteredPerson, RunningApi } from './running-api.js';

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
