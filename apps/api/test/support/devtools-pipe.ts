import type { Readable, Writable } from 'node:stream';

/** An event of the browser, such as `Network.requestWillBeSent`. */
export interface DevtoolsEvent {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

interface Answer {
  readonly id?: number;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

interface Waiting {
  resolve(result: Readonly<Record<string, unknown>>): void;
  reject(error: Error): void;
}

/** The DevTools protocol over the two pipes that Chromium opens for it: JSON messages that end with a zero byte. */
export class DevtoolsPipe {
  readonly #waiting = new Map<number, Waiting>();
  readonly #events: DevtoolsEvent[] = [];
  #sequence = 0;
  #rest = '';

  constructor(
    private readonly output: Writable,
    input: Readable,
  ) {
    input.setEncoding('utf8');
    input.on('data', (chunk: string) => this.#take(chunk));
    input.once('close', () => this.#failAll());
    output.on('error', () => this.#failAll());
  }

  /** What has happened so far, oldest first. */
  get events(): readonly DevtoolsEvent[] {
    return this.#events;
  }

  /** Sends a command and waits for its answer. @throws Error with what Chromium says is wrong, or when it ends before it answers */
  send(method: string, params: object = {}, sessionId?: string): Promise<Readonly<Record<string, unknown>>> {
    const id = (this.#sequence += 1);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.output.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  #take(chunk: string): void {
    const messages = (this.#rest + chunk).split('\0');
    this.#rest = messages.pop() ?? '';
    for (const message of messages) this.#receive(JSON.parse(message) as Answer & DevtoolsEvent);
  }

  #receive(message: Answer & DevtoolsEvent): void {
    if (message.id === undefined) {
      this.#events.push(message);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.error === undefined) waiting?.resolve(message.result ?? {});
    else waiting?.reject(new Error(message.error.message));
  }

  #failAll(): void {
    for (const waiting of this.#waiting.values()) waiting.reject(new Error('Chromium has ended.'));
    this.#waiting.clear();
  }
}
