import { randomBytes, timingSafeEqual } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { connect, isIP, type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { isPublicAddress } from './public-address.js';

const DIAL_TIMEOUT_MS = 10_000;
const IDLE_TIMEOUT_MS = 60_000;
const MAX_TUNNELS = 8;

export interface ConnectProxyOptions {
  /** The only ports that are dialled. Default 443. */
  readonly ports?: readonly number[];
  /** Which addresses are dialled. Default: those of the public internet. */
  readonly isAllowed?: (address: string) => boolean;
  /** All addresses of a host name. Default: the system's resolver. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
  /** What may come back through the proxy as a whole, in bytes; passing it breaks all tunnels. */
  readonly maxBytes: number;
}

/** A running proxy for the commands of one sync. */
export interface ConnectProxy {
  /** With the credentials made for this proxy. */
  readonly url: string;
  /** Whether `maxBytes` was passed. */
  readonly exceeded: () => boolean;
  /** Ends all tunnels and the proxy. */
  close(): Promise<void>;
}

/**
 * Starts a proxy on the loopback interface that knows CONNECT only. It resolves the host once, wants *every* address of it to be
 * allowed, and dials one of those addresses: a name that answers differently a moment later changes nothing.
 */
export async function startConnectProxy(options: ConnectProxyOptions): Promise<ConnectProxy> {
  const secret = randomBytes(24).toString('hex');
  const state = { received: 0, sockets: new Set<Duplex>(), tunnels: 0 };
  const server = createServer((_request, response) => response.writeHead(405).end());
  server.on('connect', (request: IncomingMessage, client: Duplex, head: Buffer) => {
    state.sockets.add(client);
    client.once('close', () => state.sockets.delete(client));
    client.on('error', () => client.destroy());
    void tunnel(request, client, head);
  });
  await listen(server);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://plinth:${secret}@127.0.0.1:${port}`,
    exceeded: () => state.received > options.maxBytes,
    close: () =>
      new Promise((resolve) => {
        for (const socket of state.sockets) socket.destroy();
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };

  async function tunnel(request: IncomingMessage, client: Duplex, head: Buffer): Promise<void> {
    if (!isOurs(request.headers['proxy-authorization'], secret))
      return answer(client, '407 Proxy Authentication Required', 'Proxy-Authenticate: Basic realm="plinth"');
    if (state.tunnels >= MAX_TUNNELS) return answer(client, '503 Service Unavailable');
    state.tunnels += 1;
    client.once('close', () => (state.tunnels -= 1));
    const target = targetOf(request.url ?? '', options.ports ?? [443]);
    if (target === undefined) return answer(client, '403 Forbidden');
    const addresses = await addressesOf(target.host, options.resolve ?? resolveAll);
    if (addresses.length === 0) return answer(client, '502 Bad Gateway');
    const isAllowed = options.isAllowed ?? isPublicAddress;
    const [first] = addresses;
    if (first === undefined || !addresses.every(isAllowed)) return answer(client, '403 Forbidden');
    const upstream = await dial(addresses, target.port);
    if (upstream === undefined || client.destroyed) {
      upstream?.destroy();
      return answer(client, '504 Gateway Timeout');
    }
    join(client, upstream, head);
  }

  function join(client: Duplex, upstream: Socket, head: Buffer): void {
    state.sockets.add(upstream);
    upstream.once('close', () => {
      state.sockets.delete(upstream);
      client.destroy();
    });
    upstream.on('error', () => upstream.destroy());
    upstream.setTimeout(IDLE_TIMEOUT_MS, () => upstream.destroy());
    upstream.on('data', (chunk: Buffer) => {
      state.received += chunk.length;
      if (state.received > options.maxBytes) for (const socket of state.sockets) socket.destroy();
    });
    client.once('close', () => upstream.destroy());
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    if (head.length > 0) upstream.write(head);
    client.pipe(upstream);
    upstream.pipe(client);
  }
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve());
  });
}

function isOurs(header: string | undefined, secret: string): boolean {
  const given = Buffer.from(header ?? '');
  const wanted = Buffer.from(`Basic ${Buffer.from(`plinth:${secret}`).toString('base64')}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function targetOf(authority: string, ports: readonly number[]): { host: string; port: number } | undefined {
  const match = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+)):(\d{1,5})$/i.exec(authority);
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  return host === undefined || host.length > 253 || !ports.includes(port) ? undefined : { host, port };
}

async function addressesOf(host: string, resolve: (host: string) => Promise<readonly string[]>): Promise<readonly string[]> {
  if (isIP(host) !== 0) return [host];
  return resolve(host).catch(() => []);
}

async function resolveAll(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}

/** Dials the addresses, one after the other, until one answers; all of them were checked. */
async function dial(addresses: readonly string[], port: number): Promise<Socket | undefined> {
  for (const address of addresses.slice(0, 4)) {
    const socket = await dialOne(address, port);
    if (socket !== undefined) return socket;
  }
  return undefined;
}

function dialOne(address: string, port: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const timer = setTimeout(() => socket.destroy(), DIAL_TIMEOUT_MS);
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.removeAllListeners('close');
      resolve(socket);
    });
    socket.on('error', () => undefined);
    socket.once('close', () => {
      clearTimeout(timer);
      resolve(undefined);
    });
  });
}

function answer(client: Duplex, status: string, ...headers: string[]): void {
  client.end(['HTTP/1.1 ' + status, ...headers, 'Content-Length: 0', 'Connection: close', '', ''].join('\r\n'));
}
