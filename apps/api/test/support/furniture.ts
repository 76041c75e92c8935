import { newId } from '#database';
import type { TestDatabase } from '#database/testing';
import { SessionsService } from '#identity';
import { addAgent } from './agents.js';
import { asSuperuser } from './as-superuser.js';
import { addMember } from './members.js';
import type { RegisteredPerson, RunningApi } from './running-api.js';

/** Makes things in one organization, a new one with each call, and answers their ids: over HTTP where there is a route for it. */
export class Furniture {
  constructor(
    private readonly api: RunningApi,
    private readonly database: TestDatabase,
    readonly person: RegisteredPerson,
    /** What names and texts of things begin with. */
    private readonly mark = 'thing',
  ) {}

  #name(): string {
    return `${this.mark} ${newId()}`;
  }

  async #post(path: string, json: unknown): Promise<string> {
    const { status, body, text } = await this.api.call('POST', path, { token: this.person.token, json });
    if (status > 299) throw new Error(`POST ${path} answered ${status}: ${text}`);
    return String(body['id']);
  }

  /** A repository of agents, with a credential. */
  readonly repository = async (): Promise<string> => {
    const id = await this.#post('/v1/agent-repositories', { name: this.#name(), gitUrl: 'https://git.example/agents.git' });
    const json = { provider: 'github', token: this.#name().replaceAll(' ', '-') };
    const { status, text } = await this.api.call('PUT', `/v1/agent-repositories/${id}/credential`, { token: this.person.token, json });
    if (status !== 200) throw new Error(`The credential answered ${status}: ${text}`);
    return id;
  };

  readonly gitAgent = async (): Promise<string> => addAgent(this.database, await this.repository(), { name: this.#name() });

  readonly agent = (): Promise<string> => this.#post('/v1/agents', { name: this.#name(), systemPrompt: this.#name() });

  readonly apiKey = (): Promise<string> => this.#post('/v1/api-keys', { name: this.#name(), scopes: [] });

  readonly invitation = (): Promise<string> => this.#post('/v1/invitations', { email: `${newId()}@${this.mark}.test`, role: 'VIEWER' });

  readonly member = async (): Promise<string> => (await addMember(this.database, this.api, this.person.orgId, 'VIEWER')).userId;

  readonly session = async (): Promise<string> => (await this.signIn()).sessionId;

  /** A session of the person's own. */
  readonly signIn = (): ReturnType<SessionsService['open']> => {
    const { userId, orgId } = this.person;
    return this.api.app.get(SessionsService).open({ userId, orgId, role: 'OWNER' }, { ip: null, userAgent: null });
  };

  /** A run that waits for a worker. */
  readonly run = async (): Promise<string> => this.#post('/v1/runs', { agentId: await this.agent(), prompt: this.#name() });

  /** A question that a run waits for, as a worker leaves it. */
  readonly inputRequest = async (): Promise<string> => this.#askedBy(await this.run());

  /** A run that waits for an answer. */
  readonly askingRun = async (): Promise<string> => {
    const runId = await this.run();
    await this.#askedBy(runId);
    return runId;
  };

  /** A task that no worker has begun. */
  readonly task = async (): Promise<string> => this.#taskFor(await this.agent());

  /** An agent with a task. */
  readonly agentWithTask = async (): Promise<string> => {
    const agentId = await this.agent();
    await this.#taskFor(agentId);
    return agentId;
  };

  #taskFor(agentId: string): Promise<string> {
    return this.#post('/v1/tasks', { agentId, title: this.#name(), input: { prompt: this.#name() } });
  }

  async #askedBy(runId: string): Promise<string> {
    const [stepId, id] = [newId(), newId()];
    const { orgId } = this.person;
    await asSuperuser(this.database, `update app.run set status = 'RUNNING', step_count = 1, started_at = now() where id = $1 and org_id = $2`, [runId, orgId]);
    await asSuperuser(
      this.database,
      `insert into app.step (org_id, id, run_id, sequence_number, type, input, status, started_at)
       values ($1, $2, $3, 1, 'INPUT', jsonb_build_object('toolCallId', 'c1', 'name', 'ask_for_input', 'arguments', jsonb_build_object('prompt', $4::text)), 'RUNNING', now())`,
      [orgId, stepId, runId, this.mark],
    );
    await asSuperuser(
      this.database,
      `insert into app.input_request (org_id, id, run_id, step_id, request_type, prompt) values ($1, $2, $3, $4, 'ANSWER', $5)`,
      [orgId, id, runId, stepId, this.#name()],
    );
    await asSuperuser(this.database, `update app.run set status = 'WAITING_INPUT' where id = $1 and org_id = $2`, [runId, orgId]);
    return id;
  }

  /** What makes one of a collection, by the collection's name in paths. */
  makers(): Readonly<Record<string, () => Promise<string>>> {
    return {
      'agent-repositories': this.repository,
      'git-agents': this.gitAgent,
      agents: this.agent,
      'api-keys': this.apiKey,
      invitations: this.invitation,
      members: this.member,
      sessions: this.session,
      runs: this.run,
      'input-requests': this.inputRequest,
      tasks: this.task,
    };
  }
}
