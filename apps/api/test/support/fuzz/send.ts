import { Agent, request, type IncomingMessage } from 'node:http';

/** How long an answer may take, in milliseconds. */
export const LONGEST_MS = 10_000;

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** A request as it goes over the wire, header by header. */
export interface RawRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | undefined;
}

/** Sends requests that `fetch` would put right or refuse: repeated headers, odd paths, any method. */
export class RawClient {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 8 });

  constructor(private readonly baseUrl: string) {}

  /** @throws where the answer takes longer than {@link LONGEST_MS}, or the connection breaks */
  send({ method, target, headers, body }: RawRequest): Promise<RawAnswer> {
    const { hostname, port } = new URL(this.baseUrl);
    return new Promise((resolve, reject) => {
      const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
      const outgoing = request({ hostname, port, method, path: target, agent: this.#agent, headers: { ...mutable(headers), ...length } });
      const timer = setTimeout(() => outgoing.destroy(new Error(`There was no answer within ${LONGEST_MS} ms.`)), LONGEST_MS);
      outgoing.once('close', () => clearTimeout(timer));
      outgoing.once('error', reject);
      outgoing.once('response', (incoming) => void read(incoming).then(resolve, reject));
      outgoing.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

const mutable = (headers: RawRequest['headers']): Record<string, string | string[]> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]));

/** The whole answer; of a stream of events only that it has begun. */
async function read(incoming: IncomingMessage): Promise<RawAnswer> {
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
  const status = incoming.statusCode ?? 0;
  if (headers['content-type']?.startsWith('text/event-stream') === true) {
    incoming.destroy();
    return { status, headers, text: '' };
  }
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk as Uint8Array));
  return { status, headers, text: Buffer.concat(chunks).toString('utf8') };
}
