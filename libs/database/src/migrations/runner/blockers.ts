import { Client, type ClientConfig } from 'pg';

/** Sessions of one moment that kept another waiting. What another role runs, the server shows only to members of pg_read_all_stats. */
const BLOCKERS = `
  select activity.pid, activity.usename as login, activity.application_name as application, activity.state,
    extract(epoch from clock_timestamp() - activity.xact_start)::int as seconds, activity.query
  from unnest(pg_blocking_pids($1)) as blocking(pid) join pg_stat_activity activity using (pid)`;

interface Blocker {
  readonly pid: number;
  readonly login: string | null;
  readonly application: string | null;
  readonly state: string | null;
  readonly seconds: number | null;
  readonly query: string | null;
}

/** Looks, on a connection of its own, who keeps a session waiting. Opens it only when something has taken as long as `everyMs`. */
export class BlockerWatch {
  #client: Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();
  #last = '';

  /** `onBlocked` hears each new answer. */
  constructor(
    private readonly connection: ClientConfig,
    private readonly pid: number,
    private readonly everyMs: number,
    private readonly onBlocked: (text: string) => void,
  ) {}

  start(): void {
    this.#timer = setInterval(() => {
      this.#looking = this.#looking.then(() => this.#look());
    }, this.everyMs);
  }

  /** Who was seen last, in words. */
  get last(): string {
    return this.#last === '' ? 'a session that was gone when it was looked for' : this.#last;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
    await this.#client?.end();
    this.#client = undefined;
  }

  /** A look that fails says nothing: the migration itself goes on and has its own error. */
  async #look(): Promise<void> {
    try {
      const { rows } = await (await this.#open()).query<Blocker>(BLOCKERS, [this.pid]);
      const text = rows.map(describe).join('; ');
      if (text === '' || text === this.#last) return;
      this.#last = text;
      this.onBlocked(text);
    } catch (error) {
      this.#last ||= `a session that could not be looked up (${error instanceof Error ? error.message : String(error)})`;
    }
  }

  async #open(): Promise<Client> {
    if (this.#client !== undefined) return this.#client;
    const client = new Client(this.connection);
    client.on('error', () => undefined);
    await client.connect();
    this.#client = client;
    return client;
  }
}

function describe({ pid, login, application, state, seconds, query }: Blocker): string {
  const since = seconds === null ? '' : `, in its transaction for ${seconds} s`;
  const doing = state === null || query === null || query.startsWith('<') ? '' : `, ${state}: ${query.replaceAll(/\s+/g, ' ').slice(0, 120)}`;
  return `process ${pid} of the server (login "${login ?? ''}", application "${application ?? ''}"${since}${doing})`;
}
