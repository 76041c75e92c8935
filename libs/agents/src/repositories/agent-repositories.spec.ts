import { newId, type TenantConnection } from '#database';
import { SyncWorld } from '../../test/support/sync-world.js';
import { agentFile, TestRepository } from '../../test/support/test-repository.js';
import { AgentRepositoryNameTakenError, AgentRepositoryNotFoundError, GitAgentNotFoundError, GitUrlRefusedError } from '../errors.js';
import { AgentRepositoriesService } from './agent-repositories.service.js';
import { GitAgentsService } from './git-agents.service.js';

let world: SyncWorld;
let db: TenantConnection;
let other: TenantConnection;
let repositories: AgentRepositoriesService;
let agents: GitAgentsService;

beforeAll(async () => {
  world = await SyncWorld.open();
});
afterAll(() => world.close());
beforeEach(async () => {
  [db, other] = [await world.organization(), await world.organization()];
  repositories = new AgentRepositoriesService(db, world.config());
  agents = new GitAgentsService(db);
});

const strangers = (): AgentRepositoriesService => new AgentRepositoriesService(other, world.config());
const jobs = (connection: TenantConnection): Promise<object[]> =>
  connection.query("select kind, payload, dedupe_key from app.job where org_id = :orgId and state = 'READY'");

describe('agent repositories', () => {
  it('are made with defaults and shown without internal ids', async () => {
    const made = await repositories.create({ name: 'tools', gitUrl: 'https://git.example.com/a/tools.git' });
    expect(made).toEqual({
      id: expect.any(String),
      name: 'tools',
      gitUrl: 'https://git.example.com/a/tools.git',
      branch: 'main',
      isRoot: true,
      agentDirectory: null,
      lastSyncCommitHash: null,
      lastSyncAt: null,
      lastSyncStatus: null,
      lastSyncErrors: [],
      version: 1,
      createdAt: expect.any(Date),
      updatedAt: expect.any(Date),
    });
    expect(await repositories.get(made.id)).toEqual(made);
    expect(await repositories.create({ name: 'sub', gitUrl: 'https://a.example/b', agentDirectory: 'agents/' })).toMatchObject({
      isRoot: false,
      agentDirectory: 'agents',
    });
  });

  it('have one name each, per organization', async () => {
    await repositories.create({ name: 'tools', gitUrl: 'https://a.example/b' });
    await expect(repositories.create({ name: 'tools', gitUrl: 'https://a.example/c' })).rejects.toThrow(AgentRepositoryNameTakenError);
    await expect(strangers().create({ name: 'tools', gitUrl: 'https://a.example/b' })).resolves.toMatchObject({ name: 'tools' });
  });

  it('take only addresses that are allowed', async () => {
    await expect(repositories.create({ name: 'x', gitUrl: 'ssh://a/b' })).rejects.toThrow(GitUrlRefusedError);
  });

  it('are listed page by page, oldest first', async () => {
    for (const name of ['a', 'b', 'c']) await repositories.create({ name, gitUrl: 'https://a.example/b' });
    const first = await repositories.list({ limit: 2 });
    const second = await repositories.list({ limit: 2, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(second.nextCursor).toBeNull();
  });

  it('of another organization are as if they did not exist', async () => {
    const { id } = await repositories.create({ name: 'mine', gitUrl: 'https://a.example/b' });
    const unknown = newId();
    for (const act of ['get', 'delete', 'requestSync'] as const) {
      const answer = (uid: string): Promise<string> =>
        strangers()
          [act](uid)
          .then(
            () => 'done',
            (error: Error) => `${error.name} ${error.message.replaceAll(uid, 'ID')}`,
          );
      const theirs = await answer(id);
      expect(theirs).toContain('AgentRepositoryNotFoundError');
      expect(theirs).toBe(await answer(unknown));
    }
    expect((await strangers().list()).items).toEqual([]);
    expect(await jobs(other)).toEqual([]);
    await expect(repositories.get(id)).resolves.toBeDefined();
  });

  it('are synced by one waiting job, however often it is asked for', async () => {
    const { id } = await repositories.create({ name: 'a', gitUrl: 'https://a.example/b' });
    await repositories.requestSync(id);
    await repositories.requestSync(id);
    expect(await jobs(db)).toEqual([{ kind: 'repository.sync', payload: { repositoryId: id }, dedupe_key: id }]);
  });

  it('go with their agents; what was made from one of those stays', async () => {
    const source = new TestRepository();
    source.commitFiles({ 'a.md': agentFile({ name: 'a' }) });
    const { id } = await repositories.create({ name: 'a', gitUrl: source.url });
    await world.sync(db, id);
    source.remove();
    await db.execute("insert into app.agent (id, name, git_agent_id) select :id, 'copy', id from app.git_agent where org_id = :orgId", { id: newId() });
    await repositories.delete(id);
    await expect(repositories.get(id)).rejects.toThrow(AgentRepositoryNotFoundError);
    expect((await agents.list()).items).toEqual([]);
    expect(await db.query('select name, git_agent_id from app.agent where org_id = :orgId')).toEqual([{ name: 'copy', git_agent_id: null }]);
    expect(await jobs(db)).toHaveLength(1);
  });
});

describe('agents', () => {
  let source: TestRepository;
  let id: string;

  beforeEach(async () => {
    source = new TestRepository();
    source.commitFiles({ 'a.md': agentFile({ name: 'a', tags: '[x]' }), 'b.md': agentFile({ name: 'b', tags: '[x, y]' }), 'c.md': agentFile({ name: 'c' }) });
    ({ id } = await repositories.create({ name: 'agents', gitUrl: source.url }));
    await world.sync(db, id);
    source.git('rm', '--quiet', 'b.md');
    source.commit('Remove b');
    await world.sync(db, id);
  });
  afterEach(() => source.remove());

  const names = async (filter: Parameters<GitAgentsService['list']>[0]): Promise<string[]> => (await agents.list(filter)).items.map(({ name }) => name).sort();

  it('are listed by tag, by activity and by repository', async () => {
    expect(await names({})).toEqual(['a', 'b', 'c']);
    expect(await names({ tag: 'x' })).toEqual(['a', 'b']);
    expect(await names({ tag: 'x', isActive: true })).toEqual(['a']);
    expect(await names({ isActive: false })).toEqual(['b']);
    expect(await names({ repositoryId: id, tag: "none' or true" })).toEqual([]);
    await expect(agents.list({ repositoryId: newId() })).rejects.toThrow(AgentRepositoryNotFoundError);
  });

  it('are listed page by page, each once', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await agents.list({ limit: 1, cursor });
      seen.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen.sort()).toEqual(['a', 'b', 'c']);
  });

  it('are got by their public id, by their own organization only', async () => {
    const [first] = (await agents.list()).items;
    expect(first).toMatchObject({ repositoryId: id });
    expect(await agents.get(first?.id ?? '')).toEqual(first);
    const theirs = new GitAgentsService(other);
    await expect(theirs.get(first?.id ?? '')).rejects.toThrow(GitAgentNotFoundError);
    await expect(theirs.get(newId())).rejects.toThrow(GitAgentNotFoundError);
    expect((await theirs.list({ tag: 'x' })).items).toEqual([]);
    await expect(theirs.list({ repositoryId: id })).rejects.toThrow(AgentRepositoryNotFoundError);
  });
});
