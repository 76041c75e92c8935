import { SyncWorld } from '../../test/support/sync-world.js';
import { agentFile, TestRepository } from '../../test/support/test-repository.js';
import { AgentRepositoriesService, type AgentRepositoryChanges } from '../repositories/agent-repositories.service.js';

let world: SyncWorld;
let source: TestRepository;

beforeAll(async () => {
  world = await SyncWorld.open();
  source = new TestRepository();
  source.commitFiles({ 'old/a.md': agentFile({ name: 'old' }), 'new/b.md': agentFile({ name: 'new' }) });
});
afterAll(async () => {
  source.remove();
  await world.close();
});

/** Registers a repository and changes it while its first sync is about to write what it read. */
async function editedMeanwhile(changes: AgentRepositoryChanges) {
  const db = await world.organization();
  const id = await world.register(db, source.url, { isRoot: false, agentDirectory: 'old' });
  const repositories = new AgentRepositoriesService(world.database.tenant(db.orgId), world.config());
  let writes = 0;
  const assertHeld = async (): Promise<void> => {
    writes += 1;
    if (writes === 2) await repositories.update(id, changes, (await repositories.get(id)).version);
  };
  return { db, id, sync: world.sync(db, id, { work: { assertHeld } }) };
}

describe('a repository that is changed while it is synced', () => {
  it('gets nothing from where it was read before: the sync starts over', async () => {
    const { db, id, sync } = await editedMeanwhile({ agentDirectory: 'new' });
    await expect(sync).rejects.toMatchObject({ code: 'OVERTAKEN' });
    expect((await world.repository(db, id)).lastSyncCommitHash).toBeNull();
    expect(await world.sync(db, id)).toMatchObject({ status: 'changed', agents: 1 });
    expect([...(await world.agents(db, id)).keys()]).toEqual(['new/b.md']);
  });

  it('and only renamed keeps what was read', async () => {
    const { db, id, sync } = await editedMeanwhile({ name: 'Another name' });
    expect(await sync).toMatchObject({ status: 'changed', agents: 1 });
    expect(await world.repository(db, id)).toMatchObject({ name: 'Another name', lastSyncStatus: 'success' });
  });
});
