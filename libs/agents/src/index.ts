export { AgentsModule } from './agents.module.js';
export type { AgentInput, NewAgent } from './agents/agent-input.js';
export { AgentsService, type AgentFilter } from './agents/agents.service.js';
export { AgentInUseError, AgentNameTakenError, AgentNotFoundError, AgentRefusedError, GitAgentInactiveError } from './agents/errors.js';
export { contentOfGitAgent, type GitAgentContent } from './agents/from-git-agent.js';
export { AGENT_LIMITS, TOOL_NAME } from './agents/limits.js';
export type { AgentView } from './agents/views.js';
export { GitCredentialNotFoundError, GitCredentialRefusedError } from './credentials/errors.js';
export { GitCredentialsService, type NewGitCredential } from './credentials/git-credentials.service.js';
export { GIT_PROVIDERS, type GitProvider } from './credentials/providers.js';
export type { ExpiryWarning, GitCredentialView } from './credentials/views.js';
export { EncryptionKeyUnknownError, SecretUnreadableError, type SecretPlace } from './encryption/errors.js';
export { keyIdOf, SecretBox } from './encryption/secret-box.js';
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
