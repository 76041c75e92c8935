import * as door from '#agents';

it('the door of the library loads alone and exports what it says', () => {
  expect(Object.keys(door).sort()).toEqual([
    'AgentDirectoryRefusedError',
    'AgentRepositoriesService',
    'AgentRepositoryNameTakenError',
    'AgentRepositoryNotFoundError',
    'AgentsModule',
    'GitAgentNotFoundError',
    'GitAgentsService',
    'GitBranchRefusedError',
    'GitUrlRefusedError',
    'RepositorySyncModule',
    'RepositorySyncService',
    'SYNC_FAILURES',
    'SyncFailedError',
    'repositorySync',
  ]);
});
