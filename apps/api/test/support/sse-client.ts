import { Agent, get, type IncomingMessage } from 'node:http';
import type { RouteAnswer } from '#database/testing';

/** One message of a stream of events. */
export interface SseMessage {
  readonly id: number;
  readonly event: string;
  readonly data: Record<string, unknown>;
  /** When it arrived, in milliseconds of this process's clock. */
  readonly at: number;
}

export interface SseOptions {
  readonly token: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly agent?: Agent;
}

/** An open stream of events, read like a browser reads it. */
export class SseStream {
  readonly messages: SseMessage[] = [];
  /** All that came. */
  text = '';
  hasEnded = false;
  readonly ended: Promise<void>;
  readonly #waiting = new Set<() => void>();
  #rest = '';

  constructor(readonly response: IncomingMessage) {
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => this.#take(chunk));
    response.on('error', () => undefined);
    this.ended = new Promise<void>((resolve) => response.once('close', resolve)).then(() => {
      this.hasEnded = true;
      this.#tell();
    });
  }

  get status(): number {
    return this.response.statusCode ?? 0;
  }

  /** The types of the messages, each with the status it tells of. */
  get told(): string[] {
    return this.messages.map(({ event, data }) => (typeof data['status'] === 'string' ? `${event} ${data['status']}` : event));
  }

  /** Waits for a message that `wanted` holds for. @throws when the stream ends without one */
  async message(wanted: (message: SseMessage) => boolean): Promise<SseMessage> {
    for (;;) {
      const found = this.messages.find(wanted);
      if (found !== undefined) return found;
      if (this.hasEnded) throw new Error(`The stream ended without it: ${this.told.join(', ')}`);
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  /** Goes away without a word. */
  leave(): void {
    this.response.destroy();
  }

  #take(chunk: string): void {
    this.text += chunk;
    const blocks = (this.#rest + chunk).split('\n\n');
    this.#rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = new Map(block.split('\n').map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]));
      const [id, event, data] = [fields.get('id'), fields.get('event'), fields.get('data')];
      if (id === undefined || event === undefined || data === undefined) continue;
      this.messages.push({ id: Number(id), event, data: JSON.parse(data) as Record<string, unknown>, at: performance.now() });
    }
    this.#tell();
  }

  #tell(): void {
    for (const resume of this.#waiting) resume();
    this.#waiting.clear();
  }
}

/** Opens a stream over real HTTP; resolves with its headers. */
export function openStream(baseUrl: string, path: string, { token, headers, agent }: SseOptions): Promise<SseStream> {
  return new Promise((resolve, reject) => {
    const outgoing = get(baseUrl + path, { agent: agent ?? false, headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream', ...headers } });
    outgoing.once('response', (response) => resolve(new SseStream(response)));
    outgoing.once('error', reject);
  });
}

/** The answer to opening a stream as the proof of routes compares it: what is refused as it is, a stream up to its first message. */
export async function firstOfStream(baseUrl: string, path: string, options: SseOptions): Promise<RouteAnswer> {
  const outgoing = await openStream(baseUrl, path, options);
  const { response, status } = outgoing;
  const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
  if (status !== 200) {
    await outgoing.ended;
    return { status, headers, text: outgoing.text };
  }
  const { event, data } = await outgoing.message(() => true);
  outgoing.leave();
  return { status, headers, text: JSON.stringify({ event, data }) };
}
