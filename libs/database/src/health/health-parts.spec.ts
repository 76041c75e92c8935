import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { carriesToken } from './bearer.js';
import { readBuildInfo } from './build-info.js';
import { HealthConnection } from './health-connection.js';
import { lookAround } from './look-around.js';

describe('carriesToken', () => {
  const token = 'a-token-of-some-length';
  it.each([`Bearer ${token}`, `bearer  ${token} `])('accepts %p', (header) => expect(carriesToken(header, token)).toBe(true));
  it.each([undefined, '', 'Bearer', 'Bearer ', token, `Basic ${token}`, `Bearer ${token}a`, `Bearer ${token.slice(1)}`, `Bearer ${token} x`])(
    'refuses %p',
    (header) => expect(carriesToken(header, token)).toBe(false),
  );
  it('accepts nothing where there is no token', () => expect(carriesToken('Bearer ', '')).toBe(false));
});

describe('readBuildInfo', () => {
  it('finds version and commit, and PLINTH_COMMIT wins', async () => {
    const before = process.env['PLINTH_COMMIT'];
    process.env['PLINTH_COMMIT'] = 'abcdef0';
    const info = await readBuildInfo();
    if (before === undefined) delete process.env['PLINTH_COMMIT'];
    else process.env['PLINTH_COMMIT'] = before;
    expect(info).toEqual({ version: expect.stringMatching(/^\d+\./), commit: 'abcdef0' });
  });
});

describe('a server that accepts and never speaks', () => {
  let server: Server;
  const sockets: Socket[] = [];

  beforeAll(async () => {
    server = createServer((socket) => sockets.push(socket.on('error', () => undefined)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  it('is "down" when the time is over, with the connection given up', async () => {
    const connection = new HealthConnection({
      host: '127.0.0.1',
      port: (server.address() as AddressInfo).port,
      user: 'u',
      password: 'p',
      database: 'd',
    });
    const start = performance.now();
    const findings = await lookAround(connection, [], 200);
    expect(findings).toEqual({ database: { status: 'down', reason: 'no answer within 200 ms' } });
    expect(performance.now() - start).toBeLessThan(1_000);
    await connection.close();
    await expect(connection.query('select 1', [], new AbortController().signal)).rejects.toThrow(/shutting down/);
  });
});
