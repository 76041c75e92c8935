import { request } from 'node:http';
import { connect as connectTls } from 'node:tls';
import { serve, type GitServer } from '../../test/support/git-server.js';
import { selfSigned } from '../../test/support/self-signed.js';
import { startConnectProxy, type ConnectProxy, type ConnectProxyOptions } from './connect-proxy.js';

const HOST = 'git.example.test';
const certificate = selfSigned(HOST);
let server: GitServer;
let proxy: ConnectProxy | undefined;

beforeAll(async () => {
  server = await serve((_request, response) => response.end('x'.repeat(100_000)), certificate);
});
afterAll(() => server.close());
afterEach(() => proxy?.close());

async function start(options: Partial<ConnectProxyOptions> = {}): Promise<ConnectProxy> {
  proxy = await startConnectProxy({ maxBytes: 1_000_000, ports: [server.port], ...options });
  return proxy;
}

const toLoopback = { resolve: () => Promise.resolve(['127.0.0.1']) };
const everywhere = { isAllowed: () => true };

/** The status that the proxy answers CONNECT with and, where a tunnel stands, how many bytes a GET through it gives. */
function ask(url: string, authority: string, headers?: Record<string, string>): Promise<{ status: number; bytes: number }> {
  const { hostname, port, username, password } = new URL(url);
  const authorization = { 'Proxy-Authorization': `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
  return new Promise((resolve, reject) => {
    const asked = request({ host: hostname, port, method: 'CONNECT', path: authority, headers: headers ?? authorization });
    asked.once('error', reject);
    asked.once('response', ({ statusCode = 0 }) => resolve({ status: statusCode, bytes: 0 }));
    asked.once('connect', ({ statusCode = 0 }, socket) => {
      if (statusCode !== 200) return resolve({ status: statusCode, bytes: 0 });
      const tls = connectTls({ socket, servername: HOST, ca: certificate.cert });
      let bytes = 0;
      tls.once('secureConnect', () => tls.write(`GET / HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`));
      tls.on('data', (chunk: Buffer) => (bytes += chunk.length));
      tls.once('error', () => resolve({ status: statusCode, bytes }));
      tls.once('close', () => resolve({ status: statusCode, bytes }));
    });
    asked.end();
  });
}

it('reaches an allowed address by its name, with the TLS of the server itself', async () => {
  const { url } = await start({ ...toLoopback, ...everywhere });
  const { status, bytes } = await ask(url, `${HOST}:${server.port}`);
  expect(status).toBe(200);
  expect(bytes).toBeGreaterThan(100_000);
});

describe('the proxy refuses, without dialling,', () => {
  it.each<[string, Partial<ConnectProxyOptions>, string]>([
    ['a name that leads to this machine', toLoopback, HOST],
    ['this machine by its address', {}, '127.0.0.1'],
    ['this machine by its name', {}, 'localhost'],
    ['this machine as a number', {}, '2130706433'],
    ['this machine in IPv6', {}, '[::1]'],
    ['this machine as a mapped address', {}, '[::ffff:127.0.0.1]'],
    ['a name of which one address of two is private', { resolve: () => Promise.resolve(['93.184.216.34', '10.0.0.1']) }, HOST],
    ['cloud metadata', {}, '169.254.169.254'],
  ])('%s', async (_what, options, host) => {
    const { url } = await start(options);
    const before = server.requests.length;
    expect([403, 502]).toContain((await ask(url, `${host}:${server.port}`)).status);
    expect(server.requests.length).toBe(before);
  });

  it('another port than 443', async () => {
    const { url } = await start({ ...toLoopback, ...everywhere, ports: undefined });
    expect((await ask(url, `${HOST}:${server.port}`)).status).toBe(403);
  });

  it.each(['user@host:443', 'host', 'host:443/path', 'a b:443', ':443', '[zz]:443'])('an authority that is none: %s', async (authority) => {
    const { url } = await start({ ...everywhere, ports: [443] });
    expect([400, 403]).toContain((await ask(url, encodeURI(authority))).status);
  });

  it('whoever does not know the secret of this proxy', async () => {
    const { url } = await start({ ...toLoopback, ...everywhere });
    expect((await ask(url, `${HOST}:${server.port}`, {})).status).toBe(407);
    expect((await ask(url, `${HOST}:${server.port}`, { 'Proxy-Authorization': 'Basic eDp5' })).status).toBe(407);
  });

  it('anything but CONNECT', async () => {
    const { url } = await start(everywhere);
    expect((await fetch(new URL('/', url.replace(/\/\/.*@/, '//')))).status).toBe(405);
  });
});

it('dials the address it checked, whatever the name says a moment later', async () => {
  const answers = [['127.0.0.1'], ['10.0.0.1']];
  let asked = 0;
  const { url } = await start({ resolve: () => Promise.resolve(answers[asked++] ?? []), isAllowed: (address) => address === '127.0.0.1' });
  expect((await ask(url, `${HOST}:${server.port}`)).status).toBe(200);
  expect(asked).toBe(1);
  expect((await ask(url, `${HOST}:${server.port}`)).status).toBe(403);
});

it('breaks off what is larger than it may be', async () => {
  const small = await start({ ...toLoopback, ...everywhere, maxBytes: 20_000 });
  const { bytes } = await ask(small.url, `${HOST}:${server.port}`);
  expect(bytes).toBeLessThan(100_000);
  expect(small.exceeded()).toBe(true);
});
