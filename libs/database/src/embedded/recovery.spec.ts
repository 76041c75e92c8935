import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { serverStatus, stopServer } from './control.js';
import { joinEmbeddedServer, type EmbeddedServer } from './join.js';
import { startTimeOf } from './process-table.js';
import { makeSpecHome, until, type SpecHome } from './spec-home.js';

describe('recovering from kill -9', () => {
  let spec: SpecHome;
  const joinHome = (): Promise<EmbeddedServer> => joinEmbeddedServer({ home: spec.home.folder, durability: 'test', graceMs: 60_000 });

  beforeAll(async () => {
    spec = await makeSpecHome();
  });
  afterAll(async () => spec.remove());
  afterEach(async () => {
    await stopServer(spec.home, { force: true });
  });

  it('of the supervisor: PostgreSQL goes on, a new supervisor adopts it, and the lease is held again', async () => {
    const server = await joinHome();
    const before = server.facts;
    const client = await connect(server);
    process.kill(before.supervisorPid, 'SIGKILL');
    await until('the lease is held by a new supervisor', () => server.facts.supervisorPid !== before.supervisorPid);
    expect(server.facts).toEqual({ ...before, supervisorPid: server.facts.supervisorPid });
    expect((await serverStatus(spec.home))?.leases).toHaveLength(1);
    expect((await client.query<{ answer: number }>('SELECT 1 AS answer')).rows).toEqual([{ answer: 1 }]);
    await client.end();
    await server.release();
  });

  it('of the supervisor, with nobody left: the next one stops what it left', async () => {
    const server = await joinHome();
    const { postgresPid, supervisorPid } = server.facts;
    const released = server.release();
    process.kill(supervisorPid, 'SIGKILL');
    await released;
    expect(await startTimeOf(postgresPid)).toBeDefined();
    expect(await stopServer(spec.home, { force: false })).toBe(true);
    expect(await startTimeOf(postgresPid)).toBeUndefined();
  });

  it('of PostgreSQL: the supervisor starts it again on the same port, and what was committed is there', async () => {
    const server = await joinHome();
    const before = server.facts;
    const client = await connect(server);
    await client.query('DROP TABLE IF EXISTS kept');
    await client.query('CREATE TABLE kept AS SELECT 42 AS answer');
    process.kill(before.postgresPid, 'SIGKILL');
    await until('PostgreSQL runs again', () => server.facts.postgresPid !== before.postgresPid);
    expect(server.facts).toEqual({ ...before, postgresPid: server.facts.postgresPid });
    const again = await connect(server);
    expect((await again.query('SELECT answer FROM kept')).rows).toEqual([{ answer: 42 }]);
    await Promise.all([client.end(), again.end()]);
    await server.release();
  });

  it('of both, in the middle of a long statement: the next join recovers, its backend is gone', async () => {
    const server = await joinHome();
    const client = await connect(server);
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const backend = rows[0]?.pid ?? 0;
    const cut = client.query('SELECT count(*) FROM generate_series(1, 1e12)').then(
      () => 'answered',
      () => 'cut',
    );
    const released = server.release();
    process.kill(server.facts.supervisorPid, 'SIGKILL');
    process.kill(server.facts.postgresPid, 'SIGKILL');
    await released;
    const next = await joinHome();
    expect(next.facts.postgresPid).not.toBe(server.facts.postgresPid);
    expect(next.urls).toEqual(server.urls);
    expect(await startTimeOf(backend)).toBeUndefined();
    expect(await cut).toBe('cut');
    await next.release();
  });

  it('survives a pid file whose number belongs to another process by now', async () => {
    await (await joinHome()).release();
    await stopServer(spec.home, { force: false });
    await writeFile(join(spec.home.data, 'postmaster.pid'), `${process.pid}\n${spec.home.data}\n1700000000\n5432\n\n127.0.0.1\n\nready\n`, { mode: 0o600 });
    const next = await joinHome();
    expect(next.facts.postgresPid).not.toBe(process.pid);
    await next.release();
  });

  it('of a first start in the middle of making the database: the next one starts over', async () => {
    const other = await makeSpecHome();
    await mkdir(join(other.home.folder, 'postgres.partial-4711', 'base'), { recursive: true });
    await writeFile(other.home.lockFile, '4711 never');
    await writeFile(other.home.socket, '');
    const server = await joinEmbeddedServer({ home: other.home.folder, durability: 'test', graceMs: 60_000 });
    expect(server.facts.port).toBeGreaterThan(0);
    await server.release();
    await other.remove();
  });

  it('takes another port where its own was taken meanwhile', async () => {
    const before = await joinHome();
    await before.release();
    await stopServer(spec.home, { force: false });
    const { createServer } = await import('node:net');
    const squatter = createServer().listen(before.facts.port, '127.0.0.1');
    await new Promise((resolve) => squatter.once('listening', resolve));
    const after = await joinHome();
    expect(after.facts.port).not.toBe(before.facts.port);
    await (await connect(after)).end();
    await after.release();
    squatter.close();
  });

  it('ends the supervisor when the data folder was deleted under it', async () => {
    const other = await makeSpecHome();
    const server = await joinEmbeddedServer({ home: other.home.folder, durability: 'test', graceMs: 60_000 });
    const { supervisorPid, postgresPid } = server.facts;
    process.kill(postgresPid, 'SIGSTOP');
    await rm(other.home.data, { recursive: true, force: true });
    process.kill(postgresPid, 'SIGKILL');
    await until('the supervisor has ended', async () => (await startTimeOf(supervisorPid)) === undefined);
    await server.release();
    await other.remove();
  });
});

async function connect(server: EmbeddedServer): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: server.urls.admin });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
