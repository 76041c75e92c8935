import { lastToken } from '../../../../apps/api/test/support/outbox.js';
import { call, type Answer } from '../../../../apps/api/test/support/http-client.js';
import { until } from '../service-process.js';
import { branchOf } from './repositories.js';

/** An agent that is written by hand. */
export interface HandWritten {
  readonly name: string;
  readonly model?: string;
  readonly tools?: readonly string[];
}

/** A question that a run waits for. */
export interface OpenQuestion {
  readonly id: string;
  readonly runId: string;
}

/** How far a run has come. */
export interface RunSeen {
  readonly hasEnded: boolean;
  readonly stepCount: number;
}

const ENDED = new Set<unknown>(['COMPLETED', 'FAILED', 'CANCELLED']);

/** One organization, as its owner uses it over HTTP. */
export class ChaosOrganization {
  private constructor(
    private readonly url: string,
    private readonly token: string,
    readonly id: string,
  ) {}

  static async register(url: string, home: string, name: string): Promise<ChaosOrganization> {
    const email = `${name}@example.test`;
    const person = { email, password: `a long password of ${name}`, name, organizationName: `${name} Ltd` };
    expectStatus(202, await call(url, 'POST', '/v1/auth/register', { json: person }));
    const proof = { token: await lastToken(home, email), password: person.password };
    const session = expectStatus(201, await call(url, 'POST', '/v1/auth/verify', { json: proof }));
    return new ChaosOrganization(url, String(session['accessToken']), String(session['organizationId']));
  }

  /** Has a repository read. @returns the names of its agents */
  async readRepository(gitUrl: string): Promise<string[]> {
    const { id } = await this.ask(201, 'POST', '/v1/agent-repositories', { name: gitUrl.slice(-200), gitUrl, branch: branchOf(gitUrl) });
    await this.ask(202, 'POST', `/v1/agent-repositories/${String(id)}/sync`);
    await until(`"${gitUrl}" is read`, 120_000, async () => {
      const { lastSyncStatus } = await this.ask(200, 'GET', `/v1/agent-repositories/${String(id)}`);
      if (lastSyncStatus === 'failure') throw new Error(`"${gitUrl}" could not be read.`);
      return lastSyncStatus === 'success';
    });
    const { items } = await this.ask(200, 'GET', `/v1/git-agents?limit=100&repositoryId=${String(id)}`);
    return (items as { name: string }[]).map(({ name }) => name);
  }

  async write(agent: HandWritten): Promise<void> {
    await this.ask(201, 'POST', '/v1/agents', agent);
  }

  /** Starts a run. @returns its id */
  async start(agent: string, prompt: string): Promise<string> {
    const { id } = await this.ask(202, 'POST', '/v1/runs', { agent, prompt });
    return String(id);
  }

  /** Cancels a run. @returns false where it had ended */
  async cancel(runId: string): Promise<boolean> {
    const { status } = await call(this.url, 'POST', `/v1/runs/${runId}/cancel`, { token: this.token });
    if (status !== 200 && status !== 409) throw new Error(`Cancelling answered ${status}.`);
    return status === 200;
  }

  async look(runId: string): Promise<RunSeen> {
    const { status, stepCount } = await this.ask(200, 'GET', `/v1/runs/${runId}`);
    return { hasEnded: ENDED.has(status), stepCount: Number(stepCount) };
  }

  /** One page of the questions that runs wait for. */
  async openQuestions(): Promise<OpenQuestion[]> {
    const { items } = await this.ask(200, 'GET', '/v1/input-requests?open=true&limit=100');
    return items as OpenQuestion[];
  }

  /** @returns whether the answer was taken; it is not where the run was cancelled meanwhile */
  async answer(questionId: string, response: unknown): Promise<boolean> {
    const { status } = await call(this.url, 'POST', `/v1/input-requests/${questionId}/answer`, { token: this.token, json: { response } });
    if (status !== 200 && status !== 409) throw new Error(`Answering answered ${status}.`);
    return status === 200;
  }

  /** One request that must be answered with `status`. @returns the body */
  async ask(status: number, method: string, path: string, json?: unknown): Promise<Record<string, unknown>> {
    return expectStatus(status, await call(this.url, method, path, { token: this.token, json }));
  }
}

function expectStatus(status: number, answer: Answer): Record<string, unknown> {
  if (answer.status !== status) throw new Error(`Expected ${status}, was answered ${answer.status}: ${answer.text}`);
  return answer.body;
}
