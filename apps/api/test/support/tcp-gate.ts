import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A TCP forwarder that a test can shut and open again, and that counts what passes. */
export class TcpGate {
  #server: Server | undefined;
  #port = 0;
  #bytes = 0;
  readonly #sockets = new Set<Socket>();

  private constructor(
    private readonly host: string,
    private readonly targetPort: number,
  ) {}

  /** A gate before the server of `url`; the second value is the URL that goes through it. */
  static async before(url: string): Promise<TcpGate> {
    const target = new URL(url);
    const gate = new TcpGate(target.hostname, Number(target.port));
    await gate.open();
    return gate;
  }

  /** The same URL, through the gate. */
  through(url: string): string {
    const changed = new URL(url);
    changed.hostname = '127.0.0.1';
    changed.port = String(this.#port);
    return changed.href;
  }

  /** How many bytes were sent to the server until now. */
  get bytesSent(): number {
    return this.#bytes;
  }

  async open(): Promise<void> {
    const server = createServer((client) => this.#forward(client));
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#server = server;
    this.#port = (server.address() as AddressInfo).port;
  }

  /** Breaks what is open and refuses what comes, as a server that has been stopped does. */
  async shut(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    const closed = new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve())));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #forward(client: Socket): void {
    const upstream = connect(this.targetPort, this.host);
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      this.#sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.#sockets.delete(one);
        other.destroy();
      });
    }
    client.on('data', (chunk) => {
      this.#bytes += chunk.length;
    });
    client.pipe(upstream);
    upstream.pipe(client);
  }
}
