import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { TenantConnection } from '#database';
import { serve, serveRepositories, type GitServer } from '../../test/support/git-server.js';
import { selfSigned } from '../../test/support/self-signed.js';
import { SyncWorld } from '../../test/support/sync-world.js';
import { agentFile, TestRepository } from '../../test/support/test-repository.js';

const HOST = 'git.example.test';
const certificate = selfSigned(HOST);
let world: SyncWorld;
let db: TenantConnection;
let source: TestRepository;
let folder: string;
let certificateFile: string;
const servers: GitServer[] = [];

beforeAll(async () => {
  world = await SyncWorld.open();
  db = await world.organization();
  source = new TestRepository();
  source.commitFiles({ 'a.md': agentFile({ name: 'a' }) });
  folder = mkdtempSync(join(tmpdir(), 'plinth-closed-'));
  certificateFile = join(folder, 'authority.pem');
  writeFileSync(certificateFile, certificate.cert);
});
afterAll(async () => {
  await world.close();
  source.remove();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function started(server: Promise<GitServer>): Promise<GitServer> {
  servers.push(await server);
  return server;
}

const gitServer = (tls?: Parameters<typeof serveRepositories>[1]): Promise<GitServer> => started(serveRepositories(dirname(source.folder), tls));
const path = (): string => `/${basename(source.folder)}`;

async function failureOf(uid: string, network?: Parameters<SyncWorld['sync']>[2]): Promise<string | undefined> {
  await world.sync(db, uid, network).catch(() => undefined);
  const { lastSyncStatus, lastSyncErrors } = await world.repository(db, uid);
  return lastSyncStatus === 'failure' ? lastSyncErrors?.[0]?.code : (lastSyncStatus ?? 'nothing');
}

describe('https', () => {
  const reachable = (port: number): Parameters<SyncWorld['sync']>[2] => ({
    network: { ports: [port], isAllowed: () => true, resolve: () => Promise.resolve(['127.0.0.1']), certificateFile },
  });

  it('goes through the proxy, and the certificate is checked', async () => {
    const { port } = await gitServer(certificate);
    const id = await world.register(db, `https://${HOST}:${port}${path()}`);
    expect(await world.sync(db, id, reachable(port))).toMatchObject({ status: 'changed', agents: 1 });
    expect(await world.sync(db, id, reachable(port))).toMatchObject({ status: 'unchanged' });
    const stranger = await world.register(db, `https://${HOST}:${port}${path()}/`);
    expect(await failureOf(stranger, { network: { ...reachable(port)?.network, certificateFile: undefined } })).toBe('REPOSITORY_UNREACHABLE');
  });

  it.each(['127.0.0.1', 'localhost', '[::1]', '2130706433', '0x7f.1'])('does not reach this machine as %s', async (host) => {
    const server = await gitServer(certificate);
    const id = await world.register(db, `https://${host}:${server.port}${path()}`);
    expect(await failureOf(id, { network: { ports: [server.port], certificateFile } })).toBe('ADDRESS_REFUSED');
    expect(server.requests).toEqual([]);
  });

  it('reaches port 443 only', async () => {
    const server = await gitServer(certificate);
    const id = await world.register(db, `https://${HOST}:${server.port}${path()}/.`);
    expect(await failureOf(id, { network: { ...reachable(server.port)?.network, ports: undefined } })).toBe('ADDRESS_REFUSED');
  });
});

describe('http, in development and test,', () => {
  it('reaches this machine', async () => {
    const { port } = await gitServer();
    expect(await world.sync(db, await world.register(db, `http://localhost:${port}${path()}`))).toMatchObject({ status: 'changed', agents: 1 });
  });

  it('is refused where only https is allowed', async () => {
    const id = await world.register(db, 'http://localhost:1/x');
    expect(await failureOf(id, { config: { allowedProtocols: ['https'] } })).toBe('GIT_URL_REFUSED');
  });

  it.each([301, 302, 307, 308])('follows no redirect %i', async (status) => {
    const target = await gitServer();
    const redirecting = await started(
      serve((request, response) => response.writeHead(status, { Location: `http://localhost:${target.port}${request.url}` }).end()),
    );
    expect(await failureOf(await world.register(db, `http://localhost:${redirecting.port}${path()}`))).toBe('REDIRECT_REFUSED');
    expect(target.requests).toEqual([]);
  });

  it('asks nobody for a password', async () => {
    const server = await started(serve((_request, response) => response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="x"' }).end()));
    expect(await failureOf(await world.register(db, `http://localhost:${server.port}/x.git`))).toBe('AUTHENTICATION_REQUIRED');
  });

  it('records a missing repository and a server that breaks off', async () => {
    const missing = await started(serve((_request, response) => response.writeHead(404).end()));
    expect(await failureOf(await world.register(db, `http://localhost:${missing.port}/x.git`))).toBe('REPOSITORY_NOT_FOUND');
    const broken = await started(serve((request) => request.socket.destroy()));
    expect(await failureOf(await world.register(db, `http://localhost:${broken.port}/x.git`))).toBe('REPOSITORY_UNREACHABLE');
  });
});

describe('git', () => {
  it("reads neither the user's nor the system's configuration", async () => {
    const home = join(folder, 'home');
    const mark = join(folder, 'ran');
    mkdirSync(home);
    const script = join(folder, 'script.sh');
    writeFileSync(script, `#!/bin/sh\ntouch ${mark}\nexit 1\n`);
    chmodSync(script, 0o755);
    const configuration = `[core]\nhooksPath = ${folder}\nfsmonitor = ${script}\nsshCommand = ${script}\n[credential]\nhelper = ${script}\n[url "file:///nowhere"]\ninsteadOf = ${source.url}\n[uploadpack]\npackObjectsHook = ${script}\n`;
    writeFileSync(join(home, '.gitconfig'), configuration);
    for (const hook of ['reference-transaction', 'post-checkout', 'pre-auto-gc']) {
      writeFileSync(join(folder, hook), `#!/bin/sh\ntouch ${mark}\n`);
      chmodSync(join(folder, hook), 0o755);
    }
    const before = { ...process.env };
    Object.assign(process.env, {
      HOME: home,
      GIT_CONFIG_GLOBAL: join(home, '.gitconfig'),
      GIT_SSH_COMMAND: script,
      GIT_ASKPASS: script,
      GIT_DIR: '/nowhere',
      GIT_EXTERNAL_DIFF: script,
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'core.hooksPath',
      GIT_CONFIG_VALUE_0: folder,
      GIT_TRACE: mark,
      https_proxy: 'http://127.0.0.1:1',
    });
    try {
      expect(await world.sync(db, await world.register(db, `${source.url}/.git`))).toMatchObject({ status: 'changed', agents: 1 });
    } finally {
      for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
      Object.assign(process.env, before);
    }
    expect(existsSync(mark)).toBe(false);
  });

  it('runs no hook of the repository it reads from', async () => {
    const mark = join(folder, 'hook-ran');
    for (const hook of ['post-update', 'reference-transaction', 'pre-receive', 'post-checkout', 'post-upload-pack']) {
      const file = join(source.folder, '.git', 'hooks', hook);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `#!/bin/sh\ntouch ${mark}\n`);
      chmodSync(file, 0o755);
    }
    source.git('config', 'uploadpack.packObjectsHook', `touch ${mark};`);
    source.git('config', 'core.fsmonitor', `touch ${mark};`);
    expect(await world.sync(db, await world.register(db, `${source.url}/`))).toMatchObject({ status: 'changed' });
    expect(existsSync(mark)).toBe(false);
  });

  it('that is not installed is said so', async () => {
    const before = process.env['PATH'];
    const id = await world.register(db, `${source.url}/./`);
    process.env['PATH'] = folder;
    try {
      expect(await failureOf(id)).toBe('GIT_MISSING');
    } finally {
      process.env['PATH'] = before;
    }
  });
});
