import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { randomInt } from 'node:crypto';
import pg from 'pg';

const IDLE = 'I'.charCodeAt(0);
const [READY, SYNC, QUERY, TERMINATE] = ['Z', 'S', 'Q', 'X'].map((letter) => letter.charCodeAt(0));

/**
 * A pooler in transaction mode, small: sessions of the server are logged in beforehand, a client gets the free one that was used last when
 * it begins something, and loses it when the server says that no transaction is open. Like every pooler it gives out process numbers of its own.
 */
export class FakePooler {
  readonly #server: Server;
  readonly #idle: ServerSession[] = [];
  readonly #waiting: ((session: ServerSession) => void)[] = [];
  readonly #clients = new Set<Socket>();
  #sessions: ServerSession[] = [];

  private constructor(private readonly target: string) {
    this.#server = createServer((client) => this.#serve(client));
  }

  /** Starts one before the database of `url`, with `size` sessions of its login. */
  static async start(url: string, size: number): Promise<FakePooler> {
    const pooler = new FakePooler(url);
    pooler.#sessions = await Promise.all(Array.from({ length: size }, () => ServerSession.open(url)));
    pooler.#idle.push(...pooler.#sessions);
    await new Promise<void>((resolve) => pooler.#server.listen(0, '127.0.0.1', resolve));
    return pooler;
  }

  /** The same database and login through the pooler. */
  get url(): string {
    const url = new URL(this.target);
    url.hostname = '127.0.0.1';
    url.port = String((this.#server.address() as AddressInfo).port);
    return url.href;
  }

  async stop(): Promise<void> {
    for (const client of this.#clients) client.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
    await Promise.all(this.#sessions.map((session) => session.close()));
  }

  #serve(client: Socket): void {
    this.#clients.add(client);
    client.on('error', () => undefined);
    let [started, pending, session, forwarding]: [boolean, Buffer, ServerSession | undefined, boolean] = [false, Buffer.alloc(0), undefined, false];
    const forward = (): void => {
      if (session === undefined || pending.length === 0) return;
      session.send(pending);
      pending = Buffer.alloc(0);
    };
    client.on('close', () => {
      this.#clients.delete(client);
      if (session !== undefined) this.#free(session);
    });
    client.on('data', (data: Buffer) => {
      pending = Buffer.concat([pending, data]);
      if (!started) {
        started = true;
        pending = Buffer.alloc(0);
        client.write(welcome());
        return;
      }
      if (pending[0] === TERMINATE) return;
      if (session !== undefined) return forward();
      if (forwarding || !endsSomething(pending)) return;
      forwarding = true;
      this.#take((taken) => {
        [session, forwarding] = [taken, false];
        taken.answerTo((answer, idle) => {
          client.write(answer);
          if (!idle) return;
          session = undefined;
          this.#free(taken);
        });
        forward();
      });
    });
  }

  #take(use: (session: ServerSession) => void): void {
    const session = this.#idle.pop();
    if (session === undefined) this.#waiting.push(use);
    else use(session);
  }

  #free(session: ServerSession): void {
    session.answerTo(() => undefined);
    const next = this.#waiting.shift();
    if (next === undefined) this.#idle.push(session);
    else next(session);
  }
}

/** A session of the server, logged in by the driver and then spoken to byte by byte. */
class ServerSession {
  #answer: (answer: Buffer, idle: boolean) => void = () => undefined;

  private constructor(
    private readonly socket: Socket,
    private readonly client: pg.Client,
  ) {
    socket.removeAllListeners('data');
    socket.on('data', (data: Buffer) => this.#answer(data, isIdle(data)));
  }

  static async open(url: string): Promise<ServerSession> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { connection } = client as pg.Client & { readonly connection: { readonly stream: Socket } };
    return new ServerSession(connection.stream, client);
  }

  answerTo(answer: (answer: Buffer, idle: boolean) => void): void {
    this.#answer = answer;
  }

  send(data: Buffer): void {
    this.socket.write(data);
  }

  async close(): Promise<void> {
    this.client.on('error', () => undefined);
    this.socket.destroy();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The server's last message says that it is ready and in no transaction. */
function isIdle(data: Buffer): boolean {
  return data.length >= 6 && data[data.length - 6] === READY && data[data.length - 1] === IDLE;
}

/** A whole simple query, or extended messages up to their Sync. */
function endsSomething(data: Buffer): boolean {
  return data[0] === QUERY ? data.length >= data.readUInt32BE(1) + 1 : data.length >= 5 && data[data.length - 5] === SYNC;
}

/** AuthenticationOk, a process number of the pooler's own, ReadyForQuery. */
function welcome(): Buffer {
  const key = Buffer.alloc(13);
  key.write('K', 0);
  key.writeUInt32BE(12, 1);
  key.writeUInt32BE(randomInt(1_000_000_000, 2_000_000_000), 5);
  return Buffer.concat([Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0]), key, Buffer.from([0x5a, 0, 0, 0, 5, IDLE])]);
}
