import { Module } from '@nestjs/common';
import { AgentsService } from './agents/agents.service.js';
import { GitCredentialsService } from './credentials/git-credentials.service.js';
import { AgentRepositoriesService } from './repositories/agent-repositories.service.js';
import { GitAgentsService } from './repositories/git-agents.service.js';

/** Agents, and what they are made from: repositories, what was found in them, the tokens that open them. Needs DatabaseModule and the configuration areas GitConfig and EncryptionConfig. */
@Module({
  providers: [AgentsService, AgentRepositoriesService, GitAgentsService, GitCredentialsService],
  exports: [AgentsService, AgentRepositoriesService, GitAgentsService, GitCredentialsService],
})
export class AgentsModule {}
