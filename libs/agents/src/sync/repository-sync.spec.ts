import { createHash } from 'node:crypto';
import { existsSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TenantConnection, Tx } from '#database';
import { SyncWorld } from '../../test/support/sync-world.js';
import { agentFile, TestRepository } from '../../test/support/test-repository.js';
import { mirrorPath } from '../git/mirror.js';

let world: SyncWorld;
let db: TenantConnection;
let source: TestRepository;

beforeAll(async () => {
  world = await SyncWorld.open();
});
afterAll(() => world.close());
beforeEach(async () => {
  db = await world.organization();
  source = new TestRepository();
});
afterEach(() => source.remove());

describe('a first sync', () => {
  it('writes every file with frontmatter as an agent, with its hash, its data and its last commit', async () => {
    const first = source.commitFiles({ 'a.md': agentFile({ name: 'alpha', description: 'First', tags: '[x, y]', model: 'opus' }), 'README.md': '# No agent' });
    const second = source.commitFiles({ 'deep/er/b.md': agentFile({ model: 'haiku' }), 'code.ts': 'export {};' });
    const id = await world.register(db, source.url);

    expect(await world.sync(db, id)).toEqual({ status: 'changed', commit: second, agents: 2, written: 2, vanished: 0, problems: 0 });

    const agents = await world.agents(db, id);
    const content = agentFile({ name: 'alpha', description: 'First', tags: '[x, y]', model: 'opus' });
    expect(agents.get('a.md')).toMatchObject({
      name: 'alpha',
      description: 'First',
      tags: ['x', 'y'],
      isActive: true,
      lastModifiedCommitHash: first,
      frontmatter: { name: 'alpha', description: 'First', tags: ['x', 'y'], model: 'opus' },
      contentHash: createHash('md5').update(content).digest('hex'),
    });
    expect(agents.get('deep/er/b.md')).toMatchObject({ name: 'b', description: null, tags: [], lastModifiedCommitHash: second });
    expect(agents.size).toBe(2);
    expect(await world.repository(db, id)).toMatchObject({ lastSyncStatus: 'success', lastSyncCommitHash: second, lastSyncErrors: [] });
  });

  it('reads below the agent directory only, taken literally', async () => {
    source.commitFiles({ 'agents/a.md': agentFile({ name: 'a' }), 'agents2/b.md': agentFile({ name: 'b' }), 'c.md': agentFile({ name: 'c' }) });
    const id = await world.register(db, source.url, { isRoot: false, agentDirectory: 'agents' });
    await world.sync(db, id);
    expect([...(await world.agents(db, id)).keys()]).toEqual(['agents/a.md']);

    const glob = await world.register(db, `${source.url}/`, { isRoot: false, agentDirectory: 'agent*' });
    expect(await world.sync(db, glob)).toMatchObject({ agents: 0 });
    expect((await world.repository(db, glob)).lastSyncErrors).toEqual([expect.objectContaining({ path: 'agent*', code: 'AGENT_DIRECTORY_EMPTY' })]);
  });

  it('follows no symbolic link and no submodule', async () => {
    source.commitFiles({ 'real.md': agentFile({ name: 'real' }) });
    symlinkSync('real.md', join(source.folder, 'link.md'));
    source.commit('Link');
    source.git('update-index', '--add', '--cacheinfo', `160000,${source.head()},sub.md`);
    source.git('commit', '--quiet', '-m', 'Submodule');
    const id = await world.register(db, source.url);
    await world.sync(db, id);
    expect([...(await world.agents(db, id)).keys()]).toEqual(['real.md']);
  });

  it('records what is wrong with a file and reads the others', async () => {
    source.commitFiles({
      'bad.md': '---js\nprocess.exit(1)\n---\n',
      'broken.md': '---\na: [1\n---\n',
      'latin.md': Buffer.from('---\nname: caf\xe9\n---\n', 'latin1'),
      'one.md': agentFile({ name: 'twin' }),
      'two.md': agentFile({ name: 'twin' }),
      'odd\nname.md': agentFile({ name: 'odd' }),
      'nul.md': '---\nname: x\na: "\\0"\n---\n',
      'proto.md': '---\nname: proto\n__proto__: {a: 1}\n---\n',
    });
    const id = await world.register(db, source.url);
    expect(await world.sync(db, id)).toMatchObject({ status: 'changed', agents: 3, problems: 6 });
    const { lastSyncStatus, lastSyncErrors } = await world.repository(db, id);
    expect(lastSyncStatus).toBe('success');
    expect(Object.fromEntries((lastSyncErrors ?? []).map(({ path, code }) => [path, code]))).toEqual({
      'bad.md': 'FRONTMATTER_LANGUAGE',
      'broken.md': 'FRONTMATTER_INVALID',
      'latin.md': 'FILE_NOT_UTF8',
      'two.md': 'DUPLICATE_NAME',
      'odd�name.md': 'PATH_REFUSED',
      'nul.md': 'FRONTMATTER_INVALID',
    });
    expect([...(await world.agents(db, id)).keys()].sort()).toEqual(['one.md', 'proto.md', 'two.md']);
  });
});

describe('a later sync', () => {
  it('without new commits writes nothing but that it looked', async () => {
    const commit = source.commitFiles({ 'a.md': agentFile({ name: 'a' }), 'bad.md': '---\na: [1\n---\n' });
    const id = await world.register(db, source.url);
    await world.sync(db, id);
    const before = await world.repository(db, id);
    const agent = (await world.agents(db, id)).get('a.md');

    expect(await world.sync(db, id)).toEqual({ status: 'unchanged', commit });

    const after = await world.repository(db, id);
    expect(after.lastSyncErrors).toEqual(before.lastSyncErrors);
    expect(after.lastSyncAt?.getTime()).toBeGreaterThanOrEqual(before.lastSyncAt?.getTime() ?? Infinity);
    expect((await world.agents(db, id)).get('a.md')).toEqual(agent);
  });

  it('writes what changed, keeps what did not, deactivates what vanished and takes it back', async () => {
    source.commitFiles({
      'same.md': agentFile({ name: 'same' }),
      'edited.md': agentFile({ name: 'edited' }),
      'gone.md': agentFile({ name: 'gone' }),
      'spoilt.md': agentFile({ name: 'spoilt' }),
    });
    const id = await world.register(db, source.url);
    await world.sync(db, id);
    const before = await world.agents(db, id);

    source.git('rm', '--quiet', 'gone.md');
    const second = source.commitFiles({ 'edited.md': agentFile({ name: 'renamed' }), 'new.md': agentFile({ name: 'new' }), 'spoilt.md': '---\na: [1\n---\n' });
    expect(await world.sync(db, id)).toMatchObject({ status: 'changed', agents: 3, written: 2, vanished: 2, problems: 1 });

    const after = await world.agents(db, id);
    expect(after.get('same.md')).toEqual(before.get('same.md'));
    expect(after.get('edited.md')).toMatchObject({ uid: before.get('edited.md')?.uid, name: 'renamed', lastModifiedCommitHash: second });
    expect(after.get('new.md')).toMatchObject({ isActive: true, lastModifiedCommitHash: second });
    expect(after.get('gone.md')).toMatchObject({ uid: before.get('gone.md')?.uid, isActive: false });
    expect(after.get('spoilt.md')).toMatchObject({ isActive: false });

    const third = source.commitFiles({ 'gone.md': agentFile({ name: 'gone' }) });
    await world.sync(db, id);
    expect((await world.agents(db, id)).get('gone.md')).toMatchObject({ uid: before.get('gone.md')?.uid, isActive: true, lastModifiedCommitHash: third });
  });

  it('gives each file the commit that "git log -1" gives, through merges and conflicts, in one walk or in steps', async () => {
    const files = ['a.md', 'b.md', 'c.md'];
    source.commitFiles(Object.fromEntries(files.map((file) => [file, agentFile({ name: file })])));
    const stepwise = await world.register(db, source.url);
    await world.sync(db, stepwise);
    source.git('checkout', '--quiet', '-b', 'side');
    source.commitFiles({ 'a.md': agentFile({ name: 'a', by: 'side' }), 'b.md': agentFile({ name: 'b', by: 'side' }) });
    source.git('checkout', '--quiet', 'main');
    source.commitFiles({ 'a.md': agentFile({ name: 'a', by: 'main' }) });
    await world.sync(db, stepwise);
    source.git('merge', '--quiet', '--no-commit', '--strategy=ours', 'side');
    source.commitFiles({ 'a.md': agentFile({ name: 'a', by: 'both' }), 'b.md': agentFile({ name: 'b', by: 'side' }) }, 'Merge');
    const wanted = Object.fromEntries(files.map((file) => [file, source.git('log', '-1', '--format=%H', '--', file)]));
    const whole = await world.register(db, `${source.url}/`);
    for (const id of [stepwise, whole]) {
      await world.sync(db, id);
      const agents = await world.agents(db, id);
      expect(Object.fromEntries(files.map((file) => [file, agents.get(file)?.lastModifiedCommitHash]))).toEqual(wanted);
    }
  });

  it('follows a rewritten history', async () => {
    source.commitFiles({ 'a.md': agentFile({ name: 'a' }), 'b.md': agentFile({ name: 'b' }) });
    const id = await world.register(db, source.url);
    await world.sync(db, id);
    source.git('checkout', '--quiet', '--orphan', 'other');
    source.git('rm', '-rfq', '.');
    const rewritten = source.commitFiles({ 'a.md': agentFile({ name: 'a' }) });
    source.git('branch', '-f', 'main', 'other');
    expect(await world.sync(db, id)).toMatchObject({ status: 'changed', agents: 1, vanished: 1 });
    const agents = await world.agents(db, id);
    expect(agents.get('a.md')).toMatchObject({ isActive: true, lastModifiedCommitHash: rewritten });
    expect(agents.get('b.md')?.isActive).toBe(false);
  });

  it('makes a broken mirror anew', async () => {
    source.commitFiles({ 'a.md': agentFile({ name: 'a' }) });
    const id = await world.register(db, source.url);
    await world.sync(db, id);
    const packs = join(mirrorPath(world.cache, db.orgId, id), 'objects', 'pack');
    for (const name of readdirSync(packs).filter((file) => file.endsWith('.pack'))) writeFileSync(join(packs, name), 'ruined');
    source.commitFiles({ 'b.md': agentFile({ name: 'b' }) });
    expect(await world.sync(db, id)).toMatchObject({ status: 'changed', agents: 2 });
  });

  it('removes the mirror of a repository that is gone', async () => {
    source.commitFiles({ 'a.md': agentFile({ name: 'a' }) });
    const id = await world.register(db, source.url);
    await world.sync(db, id);
    const mirror = mirrorPath(world.cache, db.orgId, id);
    expect(existsSync(mirror)).toBe(true);
    await db.execute('delete from app.agent_repository where org_id = :orgId and uid = :id', { id });
    expect(await world.sync(db, id)).toEqual({ status: 'gone' });
    expect(existsSync(mirror)).toBe(false);
  });
});

describe('a failure', () => {
  async function failing(id: string, options: Parameters<SyncWorld['sync']>[2] = {}): Promise<{ outcome: unknown; code: unknown; message: string }> {
    const outcome = await world.sync(db, id, options).catch((error: unknown) => error);
    const { lastSyncStatus, lastSyncErrors } = await world.repository(db, id);
    expect(lastSyncStatus).toBe('failure');
    expect(lastSyncErrors).toHaveLength(1);
    return { outcome, code: lastSyncErrors?.[0]?.code, message: lastSyncErrors?.[0]?.message ?? '' };
  }

  it('of the branch leaves the agents as they were, and heals', async () => {
    const commit = source.commitFiles({ 'a.md': agentFile({ name: 'a' }), 'bad.md': '---\na: [1\n---\n' });
    const id = await world.register(db, source.url);
    await world.sync(db, id);
    source.git('branch', '-m', 'main', 'elsewhere');
    expect((await failing(id)).code).toBe('BRANCH_NOT_FOUND');
    expect((await world.agents(db, id)).get('a.md')?.isActive).toBe(true);
    expect((await world.repository(db, id)).lastSyncCommitHash).toBe(commit);
    source.git('branch', '-m', 'elsewhere', 'main');
    await world.sync(db, id);
    expect(await world.repository(db, id)).toMatchObject({ lastSyncStatus: 'success', lastSyncErrors: [expect.objectContaining({ path: 'bad.md' })] });
  });

  it('of a repository without commits is told apart', async () => {
    const id = await world.register(db, source.url);
    expect(await failing(id)).toMatchObject({ outcome: { status: 'failed' }, code: 'REPOSITORY_EMPTY' });
  });

  it('names no path of this machine', async () => {
    const id = await world.register(db, `${source.url}-missing`);
    const { code, message } = await failing(id);
    expect(code).toBe('REPOSITORY_NOT_FOUND');
    expect(message).not.toContain('/');
  });

  it.each([
    ['ext::sh -c "touch /tmp/x"', 'GIT_URL_REFUSED'],
    ['--upload-pack=touch', 'GIT_URL_REFUSED'],
    ['ssh://git@example.test/x.git', 'GIT_URL_REFUSED'],
    ['https://user:secret@example.test/x.git', 'GIT_URL_REFUSED'],
    ['http://example.test/x.git', 'GIT_URL_REFUSED'],
  ])('of an address that is not allowed is recorded before Git is asked: %s', async (url, code) => {
    expect((await failing(await world.register(db, url))).code).toBe(code);
  });

  it('of a branch that looks like an option is recorded before Git is asked', async () => {
    expect((await failing(await world.register(db, source.url, { branch: '--upload-pack=x' }))).code).toBe('GIT_BRANCH_REFUSED');
  });

  it('of an agent directory outside the repository is recorded', async () => {
    expect((await failing(await world.register(db, source.url, { isRoot: false, agentDirectory: '../..' }))).code).toBe('AGENT_DIRECTORY_REFUSED');
  });

  it('of the number of files is recorded', async () => {
    source.commitFiles({ 'a.md': '', 'b.md': '', 'c.md': '' });
    expect((await failing(await world.register(db, source.url), { config: { maxFiles: 2 } })).code).toBe('FILE_COUNT_LIMIT');
  });

  it('of the size is recorded, and the mirror goes', async () => {
    source.commitFiles({ 'a.md': agentFile({ name: 'a' }) });
    const id = await world.register(db, source.url);
    await world.sync(db, id);
    source.commitFiles({ 'noise.bin': Buffer.from(Array.from({ length: 200_000 }, () => Math.floor(Math.random() * 256))) });
    expect((await failing(id, { config: { maxRepositoryBytes: 100_000 } })).code).toBe('SIZE_LIMIT');
    expect(existsSync(mirrorPath(world.cache, db.orgId, id))).toBe(false);
    expect((await world.agents(db, id)).get('a.md')?.isActive).toBe(true);
  });

  it('of our own making is recorded as such, and thrown, so that the job is tried again', async () => {
    source.commitFiles({ 'a.md': agentFile({ name: 'a' }) });
    const id = await world.register(db, source.url);
    const { outcome, code } = await failing(id, { config: { cacheDirectory: '/dev/null' } });
    expect(code).toBe('INTERNAL_ERROR');
    expect(outcome).toMatchObject({ code: 'ENOTDIR' });
  });

  it('of the time is recorded', async () => {
    source.commitFiles({ 'a.md': agentFile({ name: 'a' }) });
    expect((await failing(await world.register(db, source.url), { config: { syncTimeoutMs: 1 } })).code).toBe('TIME_LIMIT');
  });
});

describe('what a sync may write', () => {
  it('is nothing once its lease is lost', async () => {
    source.commitFiles({ 'a.md': agentFile({ name: 'a' }) });
    const id = await world.register(db, source.url);
    let calls = 0;
    const lost = new Error('lease lost');
    const assertHeld = (): Promise<void> => (++calls > 1 ? Promise.reject(lost) : Promise.resolve());
    await expect(world.sync(db, id, { work: { assertHeld } })).rejects.toBe(lost);
    expect((await world.agents(db, id)).size).toBe(0);
    expect(await world.repository(db, id)).toMatchObject({ lastSyncStatus: 'in_progress', lastSyncCommitHash: null });
  });

  it('is nothing where another worker finished a sync in between', async () => {
    source.commitFiles({ 'a.md': agentFile({ name: 'a' }) });
    const id = await world.register(db, source.url);
    let calls = 0;
    const assertHeld = async (tx: Tx): Promise<void> => {
      calls += 1;
      if (calls === 2) await tx.execute("update app.agent_repository set last_sync_commit_hash = 'newer' where org_id = :orgId");
    };
    await expect(world.sync(db, id, { work: { assertHeld } })).rejects.toMatchObject({ code: 'OVERTAKEN' });
    expect((await world.agents(db, id)).size).toBe(0);
    expect((await world.repository(db, id)).lastSyncErrors).toBeNull();
  });

  it('is nothing once it is told to stop', async () => {
    source.commitFiles({ 'a.md': agentFile({ name: 'a' }) });
    const id = await world.register(db, source.url);
    const stopped = new Error('stopped');
    await expect(world.sync(db, id, { work: { signal: AbortSignal.abort(stopped) } })).rejects.toBe(stopped);
    expect((await world.agents(db, id)).size).toBe(0);
  });

  it('stays in its organization, and so do the mirrors', async () => {
    source.commitFiles({ 'a.md': agentFile({ name: 'a' }) });
    const other = await world.organization();
    const [mine, theirs] = [await world.register(db, source.url), await world.register(other, source.url)];
    await world.sync(db, mine);
    expect(existsSync(mirrorPath(world.cache, other.orgId, theirs))).toBe(false);
    expect(await other.query('select 1 from app.git_agent')).toEqual([]);
    expect(await world.sync(other, mine)).toEqual({ status: 'gone' });
    expect(existsSync(mirrorPath(world.cache, db.orgId, mine))).toBe(true);
  });

  it('is serialised: two syncs at once end with one state', async () => {
    source.commitFiles({ 'a.md': agentFile({ name: 'a' }) });
    const id = await world.register(db, source.url);
    const again = world.database.tenant(db.orgId);
    const outcomes = await Promise.all([world.sync(db, id), world.sync(again, id)]);
    expect(outcomes.map((outcome) => (outcome.status === 'changed' ? outcome.written : 0)).sort()).toEqual([0, 1]);
    expect(await world.repository(db, id)).toMatchObject({ lastSyncStatus: 'success' });
    expect((await world.agents(db, id)).size).toBe(1);
  });
});
