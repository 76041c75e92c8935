import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { serverStatus, stopServer, deleteData } from './control.js';
import { DurabilityDiffersError, EmbeddedServerInUseError } from './errors.js';
import { joinEmbeddedServer, type EmbeddedServer } from './join.js';
import { makeSpecHome, until, type SpecHome } from './spec-home.js';

const GRACE_MS = 300;

describe('joining the embedded server', () => {
  let spec: SpecHome;
  const joinHome = (options: { graceMs?: number } = {}): Promise<EmbeddedServer> =>
    joinEmbeddedServer({ home: spec.home.folder, durability: 'test', graceMs: GRACE_MS, ...options });

  beforeAll(async () => {
    spec = await makeSpecHome();
  });
  afterAll(async () => spec.remove());

  it('gives two processes that come at once the same server, made once', async () => {
    const progress: string[] = [];
    const both = await Promise.all(
      [1, 2].map(() => joinEmbeddedServer({ home: spec.home.folder, durability: 'test', graceMs: GRACE_MS, onProgress: (text) => progress.push(text) })),
    );
    expect(both[0]?.facts).toEqual(both[1]?.facts);
    expect(both[0]?.urls).toEqual(both[1]?.urls);
    expect(progress.filter((text) => text.startsWith('Making the roles'))).toHaveLength(1);
    await Promise.all(both.map((server) => server.release()));
  });

  it('lets each login in with its own password, and nobody without one', async () => {
    const server = await joinHome();
    for (const [role, url] of [
      ['app_login', server.urls.login],
      ['app_privileged', server.urls.privileged],
      ['app_queue', server.urls.queue],
      ['app_owner', server.urls.owner],
    ] as const) {
      expect(await ask(url, 'SELECT current_user AS answer')).toBe(role);
    }
    const stranger = new URL(server.urls.login);
    stranger.password = 'guess';
    await expect(ask(stranger.href, 'SELECT 1 AS answer')).rejects.toMatchObject({ code: '28P01' });
    expect(await ask(server.urls.admin, `SELECT rolpassword LIKE 'SCRAM-SHA-256$%' AS answer FROM pg_authid WHERE rolname = 'app_login'`)).toBe(true);
    await server.release();
  });

  it('listens on this machine only, and on no unix socket', async () => {
    const server = await joinHome();
    expect(await ask(server.urls.admin, 'SHOW listen_addresses', 'listen_addresses')).toBe('127.0.0.1');
    expect(await ask(server.urls.admin, 'SHOW unix_socket_directories', 'unix_socket_directories')).toBe('');
    await server.release();
  });

  it('keeps its secrets to itself: files of mode 600, data of mode 700', async () => {
    const server = await joinHome();
    for (const file of [
      spec.home.secretsFile,
      spec.home.stateFile,
      spec.home.bootstrapFile,
      spec.home.postgresLog,
      spec.home.supervisorLog,
      spec.home.socket,
    ]) {
      expect([file, (await stat(file)).mode & 0o777]).toEqual([file, 0o600]);
    }
    expect((await stat(spec.home.data)).mode & 0o777).toBe(0o700);
    expect((await stat(join(spec.home.data, 'PG_VERSION'))).mode & 0o077).toBe(0);
    await server.release();
  });

  it('joins a server that runs within half a second', async () => {
    const first = await joinHome();
    const started = performance.now();
    const second = await joinHome();
    expect(performance.now() - started).toBeLessThan(500);
    await Promise.all([first.release(), second.release()]);
  });

  it('goes on while one lease is left, and stops a grace after the last', async () => {
    const first = await joinHome();
    const second = await joinHome();
    await first.release();
    expect((await serverStatus(spec.home))?.leases).toHaveLength(1);
    const released = performance.now();
    await second.release();
    await until('the server has stopped', () => !existsSync(spec.home.lockFile));
    expect(performance.now() - released).toBeGreaterThanOrEqual(GRACE_MS - 20);
    await expect(ask(second.urls.admin, 'SELECT 1 AS answer')).rejects.toThrow('ECONNREFUSED');
  });

  it('finds data, port and secrets again at the next start', async () => {
    const before = await joinHome();
    await ask(before.urls.admin, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await before.release();
    await stopServer(spec.home, { force: false });
    const after = await joinHome();
    expect(await ask(after.urls.admin, 'SELECT answer FROM kept')).toBe(42);
    expect(after.secrets).toEqual(before.secrets);
    expect(after.urls).toEqual(before.urls);
    expect(after.facts.postgresPid).not.toBe(before.facts.postgresPid);
    await after.release();
  });

  it('refuses a process that wants another durability than the data has', async () => {
    const server = await joinHome();
    await expect(joinEmbeddedServer({ home: spec.home.folder, durability: 'full' })).rejects.toBeInstanceOf(DurabilityDiffersError);
    await server.release();
  });

  it('is not stopped under a process that uses it, unless forced, and is then not started again by it', async () => {
    const server = await joinHome();
    await expect(stopServer(spec.home, { force: false })).rejects.toBeInstanceOf(EmbeddedServerInUseError);
    expect(await stopServer(spec.home, { force: true })).toBe(true);
    expect(await serverStatus(spec.home)).toBeUndefined();
    expect(await stopServer(spec.home, { force: true })).toBe(false);
    await server.release();
  });

  it('starts empty after its data was deleted, with the same passwords', async () => {
    const before = await joinHome();
    await before.release();
    expect(await deleteData(spec.home, { force: false })).toBe(true);
    const after = await joinHome();
    expect(after.secrets).toEqual(before.secrets);
    expect(await ask(after.urls.admin, `SELECT to_regclass('kept') AS answer`)).toBeNull();
    await after.release();
  });
});

async function ask(url: string, statement: string, column = 'answer'): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(statement);
    return rows[0]?.[column];
  } finally {
    await client.end();
  }
}
