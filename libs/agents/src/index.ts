export { AgentsModule } from './agents.module.js';
export {
  AgentDirectoryRefusedError,
  AgentRepositoryNameTakenError,
  AgentRepositoryNotFoundError,
  GitAgentNotFoundError,
  GitBranchRefusedError,
  GitUrlRefusedError,
} from './errors.js';
export type { PageRequest } from './persistence/page-request.js';
export { AgentRepositoriesService, type AgentRepositoryChanges, type NewAgentRepository } from './repositories/agent-repositories.service.js';
export { GitAgentsService, type GitAgentFilter } from './repositories/git-agents.service.js';
export { settingsVersion } from './repositories/settings.js';
export { repositorySync } from './repositories/repository-sync.job-definition.js';
export type { AgentRepositoryView, GitAgentView, PageOf } from './repositories/views.js';
export { RepositorySyncModule } from './repository-sync.module.js';
export { RepositorySyncService, type SyncOutcome, type SyncWork } from './sync/repository-sync.service.js';
export { SYNC_FAILURES, SyncFailedError, type SyncFailureCode } from './sync/sync-failure.js';
