import { jest } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { inspect } from 'node:util';
import { AgentRepository, createLogger, EncryptionConfig, KeyRing, newId, type TenantConnection } from '#database';
import { withAdmin } from '#database/testing';
import { serve, serveRepositories, serveWithPassword, type GitServer } from '../../test/support/git-server.js';
import { visibleToOthers } from '../../test/support/processes.js';
import { selfSigned } from '../../test/support/self-signed.js';
import { SyncWorld } from '../../test/support/sync-world.js';
import { agentFile, TestRepository } from '../../test/support/test-repository.js';
import { GitCredentialsService } from '../credentials/git-credentials.service.js';
import { mirrorPath } from '../git/mirror.js';
import { deleteAgentRepository } from '../persistence/agent-repositories.js';

const TOKEN = `ghp_planted+token/${newId()}`;
const AUTH = { username: 'x-access-token', password: TOKEN };
let world: SyncWorld;
let db: TenantConnection;
let source: TestRepository;
const servers: GitServer[] = [];

beforeAll(async () => {
  world = await SyncWorld.open();
  db = await world.organization();
  source = new TestRepository();
  source.commitFiles({ 'a.md': agentFile({ name: 'a' }) });
});
afterAll(async () => {
  await world.close();
  source.remove();
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function started(server: Promise<GitServer>): Promise<GitServer> {
  servers.push(await server);
  return server;
}

const protectedServer = (options: Parameters<typeof serveWithPassword>[2] = {}): Promise<GitServer> =>
  started(serveWithPassword(dirname(source.folder), AUTH, options));
const urlOn = ({ port }: GitServer): string => `http://localhost:${port}/${basename(source.folder)}`;

async function registered(gitUrl: string, token?: string): Promise<string> {
  const id = await world.register(db, gitUrl);
  if (token !== undefined) await credentials().put(id, { provider: 'github', token });
  return id;
}

const credentials = (): GitCredentialsService => new GitCredentialsService(db, world.encryption());

async function failureOf(id: string, options?: Parameters<SyncWorld['sync']>[2]): Promise<{ code: string | undefined; message: string }> {
  await world.sync(db, id, options).catch(() => undefined);
  const { lastSyncStatus, lastSyncErrors } = await world.repository(db, id);
  expect(lastSyncStatus).toBe('failure');
  return { code: lastSyncErrors?.[0]?.code, message: lastSyncErrors?.[0]?.message ?? '' };
}

/** Every file below a folder, names included. */
function everythingIn(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => (statSync(join(folder, name)).isFile() ? `${name}\n${readFileSync(join(folder, name), 'latin1')}` : name))
    .join('\n');
}

describe('a private repository', () => {
  it('is read with its token, which is remembered as used, and again without news', async () => {
    const id = await registered(urlOn(await protectedServer()), TOKEN);
    expect((await credentials().get(id)).lastUsedAt).toBeNull();
    expect(await world.sync(db, id)).toMatchObject({ status: 'changed', agents: 1 });
    const { lastUsedAt } = await credentials().get(id);
    expect(lastUsedAt).toBeInstanceOf(Date);
    expect(await world.sync(db, id)).toMatchObject({ status: 'unchanged' });
    expect((await credentials().get(id)).lastUsedAt?.getTime()).toBeGreaterThanOrEqual(lastUsedAt?.getTime() ?? Infinity);
    expect(everythingIn(mirrorPath(world.cache, db.orgId, id))).not.toContain(TOKEN);
  });

  it('is read over https through the proxy', async () => {
    const host = 'git.example.test';
    const certificate = selfSigned(host);
    const folder = mkdtempSync(join(tmpdir(), 'plinth-authority-'));
    const certificateFile = join(folder, 'authority.pem');
    writeFileSync(certificateFile, certificate.cert);
    const { port } = await protectedServer({ tls: certificate });
    const id = await registered(`https://${host}:${port}/${basename(source.folder)}`, TOKEN);
    const network = { ports: [port], isAllowed: () => true, resolve: () => Promise.resolve(['127.0.0.1']), certificateFile };
    expect(await world.sync(db, id, { network })).toMatchObject({ status: 'changed', agents: 1 });
    rmSync(folder, { recursive: true });
  });

  it('without a token says that one is needed', async () => {
    const id = await registered(urlOn(await protectedServer()));
    expect(await failureOf(id)).toMatchObject({ code: 'AUTHENTICATION_REQUIRED', message: expect.stringContaining('Store a credential') });
  });

  it('with a wrong token fails with a hint, and its server cannot make us write the token down', async () => {
    const server = await protectedServer();
    const id = await registered(urlOn(server), `wrong+${TOKEN}`);
    const logger = createLogger('credential-spec');
    const warn = jest.spyOn(logger, 'warn').mockReturnValue();
    expect(await world.sync(db, id, { work: { logger } })).toEqual({ status: 'failed', code: 'GIT_AUTHENTICATION_FAILED' });
    const { lastSyncErrors } = await world.repository(db, id);
    expect(lastSyncErrors).toEqual([
      { path: null, code: 'GIT_AUTHENTICATION_FAILED', message: expect.stringContaining('PUT /v1/agent-repositories/{id}/credential') },
    ]);
    const logged = inspect(warn.mock.calls, { depth: 20, maxStringLength: null });
    expect(logged).toContain('you sent Basic [redacted]');
    expect(logged).not.toContain(TOKEN);
    expect(logged).not.toContain(server.authorizations.at(-1)?.slice('Basic '.length));
    expect((await credentials().get(id)).lastUsedAt).toBeInstanceOf(Date);
  });

  it('heals with the right token', async () => {
    const id = await registered(urlOn(await protectedServer()), 'wrong');
    expect((await failureOf(id)).code).toBe('GIT_AUTHENTICATION_FAILED');
    await credentials().put(id, { provider: 'other', username: AUTH.username, token: TOKEN });
    expect(await world.sync(db, id)).toMatchObject({ status: 'changed' });
    await credentials().delete(id);
    expect((await failureOf(id)).code).toBe('AUTHENTICATION_REQUIRED');
  });

  it('shows its token to no other process, and in no file', async () => {
    const seen: string[] = [];
    const server = await protectedServer({
      onRequest: () => {
        const sandboxes = readdirSync(tmpdir()).filter((name) => name.startsWith('plinth-git-'));
        seen.push([visibleToOthers(), ...sandboxes.map((name) => everythingIn(join(tmpdir(), name))), everythingIn(world.cache)].join('\n'));
      },
    });
    const id = await registered(urlOn(server), TOKEN);
    expect(await world.sync(db, id)).toMatchObject({ status: 'changed' });
    expect(server.authorizations.filter((sent) => sent !== undefined).length).toBeGreaterThan(0);
    expect(seen).toHaveLength(server.requests.length);
    for (const everything of seen) {
      expect(everything).toContain(`credential.http://localhost:${server.port}.helper`);
      expect(everything).toContain('GIT_CONFIG_NOSYSTEM=1');
      expect(everything).not.toContain(TOKEN);
      expect(everything).not.toContain(Buffer.from(`${AUTH.username}:${TOKEN}`).toString('base64'));
    }
  });
});

describe('a token is not sent', () => {
  const thief = (): Promise<GitServer> => started(serve((_request, response) => response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="thief"' }).end()));

  it('to a server that does not ask', async () => {
    const server = await started(serveRepositories(dirname(source.folder)));
    const id = await registered(urlOn(server), TOKEN);
    expect(await world.sync(db, id)).toMatchObject({ status: 'changed' });
    expect(new Set(server.authorizations)).toEqual(new Set([undefined]));
  });

  it('to where a redirect leads', async () => {
    const target = await thief();
    const redirecting = await started(
      serve((request, response) => {
        if (request.headers.authorization === undefined) response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="x"' }).end();
        else response.writeHead(302, { Location: `http://localhost:${target.port}${request.url}` }).end();
      }),
    );
    const id = await registered(`http://localhost:${redirecting.port}/x.git`, TOKEN);
    expect((await failureOf(id)).code).toBe('REDIRECT_REFUSED');
    expect(redirecting.authorizations.some((sent) => sent !== undefined)).toBe(true);
    expect(target.requests).toEqual([]);
  });

  it('to where alternates of an old-fashioned server lead', async () => {
    const target = await thief();
    const commit = source.head();
    const old = await started(
      serve((request, response) => {
        if (request.headers.authorization === undefined) return response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="x"' }).end();
        const path = request.url ?? '';
        if (path.includes('/info/refs')) return response.writeHead(200, { 'Content-Type': 'text/plain' }).end(`${commit}\trefs/heads/main\n`);
        if (path.endsWith('/HEAD')) return response.writeHead(200).end('ref: refs/heads/main\n');
        if (path.includes('alternates')) return response.writeHead(200).end(`http://localhost:${target.port}/x.git/objects\n`);
        return response.writeHead(404).end();
      }),
    );
    const id = await registered(`http://localhost:${old.port}/x.git`, TOKEN);
    await failureOf(id);
    expect(old.requests.some((path) => path.includes('alternates'))).toBe(true);
    expect(target.requests).toEqual([]);
  });

  it('to another address of its repository, before it is stored again', async () => {
    const target = await thief();
    const server = await protectedServer();
    const id = await registered(urlOn(server), TOKEN);
    await db.repository(AgentRepository).update({ uid: id }, { gitUrl: `http://localhost:${target.port}/x.git` });
    expect((await failureOf(id)).code).toBe('GIT_CREDENTIAL_FOR_OTHER_ADDRESS');
    expect(target.requests).toEqual([]);
    await db.repository(AgentRepository).update({ uid: id }, { gitUrl: `${urlOn(server)}/` });
    expect((await failureOf(id)).code).toBe('GIT_CREDENTIAL_FOR_OTHER_ADDRESS');
    await credentials().put(id, { provider: 'github', token: TOKEN });
    expect(await world.sync(db, id)).toMatchObject({ status: 'changed' });
  });

  it('from a row or an organization that it was not stored in', async () => {
    const server = await protectedServer();
    const [own, other] = [await registered(urlOn(server), TOKEN), await registered(`${urlOn(server)}/`, 'another')];
    await db.execute(
      `update app.git_credential set encrypted_token = (
         select c.encrypted_token from app.git_credential c join app.agent_repository r on r.org_id = c.org_id and r.id = c.repository_id
          where c.org_id = :orgId and r.org_id = :orgId and r.uid = :own)
        where org_id = :orgId and repository_id = (select id from app.agent_repository where org_id = :orgId and uid = :other)`,
      { own, other },
    );
    expect((await failureOf(other)).code).toBe('GIT_CREDENTIAL_UNREADABLE');

    const stranger = await world.organization();
    const theirs = await world.register(stranger, urlOn(server));
    const stolen = await withAdmin(world.testDatabase.urls.admin, (admin) =>
      admin.query(
        `insert into app.git_credential (org_id, uid, repository_id, provider, encrypted_token)
         select $1, c.uid, r.id, c.provider, c.encrypted_token
           from app.git_credential c, app.agent_repository o, app.agent_repository r
          where o.uid = $2 and c.org_id = o.org_id and c.repository_id = o.id and r.uid = $3`,
        [stranger.orgId, own, theirs],
      ),
    );
    expect(stolen.rowCount).toBe(1);
    await world.sync(stranger, theirs).catch(() => undefined);
    expect((await world.repository(stranger, theirs)).lastSyncErrors?.[0]?.code).toBe('GIT_CREDENTIAL_UNREADABLE');
    expect(server.requests).toEqual([]);
  });

  it('when its key is gone', async () => {
    const server = await protectedServer();
    const id = await registered(urlOn(server), TOKEN);
    const encryption: EncryptionConfig = { encryptionKeys: new KeyRing([{ kid: 'new', bytes: new Uint8Array(32).fill(7) }]) };
    expect((await failureOf(id, { encryption })).code).toBe('GIT_CREDENTIAL_UNREADABLE');
    expect(server.requests).toEqual([]);
  });
});

it('a repository takes its credential along', async () => {
  const id = await registered(urlOn(await protectedServer()), TOKEN);
  const { id: repositoryId } = await world.repository(db, id);
  await db.transaction((tx) => deleteAgentRepository(tx, id));
  expect(await db.query('select 1 from app.git_credential where org_id = :orgId and repository_id = :repositoryId', { repositoryId })).toEqual([]);
});
