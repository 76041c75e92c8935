import { setTimeout as pause } from 'node:timers/promises';
import { lastToken } from '../../../apps/api/test/support/outbox.js';

/** Somebody who works in an organization of their own. */
interface Person {
  readonly name: string;
  readonly token: string;
}

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** One sync is asked for after this many repositories: syncs are the dearest of the work. */
const CREATED_PER_SYNC = 4;
const CLIENTS = 6;

/** Writes over HTTP from several organizations at once, whatever happens to the API, and knows what was acknowledged. */
export class RecordedLoad {
  readonly people: Person[] = [];
  /** Public ids that were answered with 201, by person. */
  readonly created = new Map<string, string[]>();
  /** Public ids whose sync was answered with 202. */
  readonly syncsAccepted = new Set<string>();
  /** How many requests got no answer, or one that says "not now". */
  refused = 0;
  /** Answers that an outage does not explain. */
  readonly wrong: string[] = [];
  #running = false;
  #clients: Promise<unknown> = Promise.resolve();
  #made = 0;

  /**
   * @param url the address of the API, which may change when it is started again
   * @param home the PLINTH_HOME of the API, where tokens are delivered
   */
  constructor(
    private readonly url: () => Promise<string>,
    private readonly home: string,
    private readonly gitUrl: string,
  ) {}

  get acknowledged(): number {
    return [...this.created.values()].reduce((sum, ids) => sum + ids.length, 0);
  }

  /** Registers people with an organization each. */
  async register(names: readonly string[]): Promise<void> {
    for (const name of names) {
      const email = `${name}@example.test`;
      const facts = { email, password: `a long password of ${name}`, name, organizationName: `${name} Ltd` };
      const asked = await this.call('POST', '/v1/auth/register', undefined, facts);
      if (asked.status !== 202) throw new Error(`Registering "${name}" answered ${asked.status}.`);
      const proof = { token: await lastToken(this.home, email), password: facts.password };
      const { status, body } = await this.call('POST', '/v1/auth/verify', undefined, proof);
      if (status !== 201) throw new Error(`The token of "${name}" answered ${status}.`);
      this.people.push({ name, token: String(body['accessToken']) });
      this.created.set(name, []);
    }
  }

  start(): void {
    this.#running = true;
    this.#clients = Promise.all(Array.from({ length: CLIENTS }, (_, index) => this.#client(index)));
  }

  /** Sends nothing new and waits for the answers under way. */
  async stop(): Promise<void> {
    this.#running = false;
    await this.#clients;
  }

  /** Asks for a sync of a repository of everybody's, again. */
  async syncAll(perPerson: number): Promise<void> {
    await Promise.all(
      this.people.map(async (person) => {
        for (const id of this.created.get(person.name)?.slice(0, perPerson) ?? []) await this.#sync(person, id);
      }),
    );
  }

  /** Every repository that the API shows to a person: sync status by id. */
  async shownTo(person: Person): Promise<Map<string, unknown>> {
    const shown = new Map<string, unknown>();
    for (let cursor: unknown = ''; typeof cursor === 'string';) {
      const { status, body } = await this.call(
        'GET',
        `/v1/agent-repositories?limit=100${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
        person.token,
      );
      if (status !== 200) throw new Error(`The list answered ${status}.`);
      for (const item of body['items'] as { id: string; lastSyncStatus: unknown }[]) shown.set(item.id, item.lastSyncStatus);
      cursor = body['nextCursor'];
    }
    return shown;
  }

  /** One request; status 0 where the connection broke. */
  async call(method: string, path: string, token?: string, json?: unknown): Promise<Answer> {
    const url = await this.url();
    try {
      const response = await fetch(url + path, {
        method,
        body: json === undefined ? undefined : JSON.stringify(json),
        headers: {
          ...(json === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Readonly<Record<string, unknown>>) };
    } catch {
      return { status: 0, body: {} };
    }
  }

  async #client(index: number): Promise<void> {
    const person = this.people[index % this.people.length];
    while (this.#running && person !== undefined) {
      const number = (this.#made += 1);
      const { status, body } = await this.call('POST', '/v1/agent-repositories', person.token, { name: `${person.name} ${number}`, gitUrl: this.gitUrl });
      if (status === 201) {
        const id = String(body['id']);
        this.created.get(person.name)?.push(id);
        if (number % CREATED_PER_SYNC === 0) await this.#sync(person, id);
      } else await this.#refused('create', status);
    }
  }

  async #sync(person: Person, id: string): Promise<void> {
    const { status } = await this.call('POST', `/v1/agent-repositories/${id}/sync`, person.token);
    if (status === 202) this.syncsAccepted.add(id);
    else await this.#refused('sync', status);
  }

  async #refused(what: string, status: number): Promise<void> {
    this.refused += 1;
    if (status !== 0 && status !== 503) this.wrong.push(`${what}: ${status}`);
    await pause(20);
  }
}
