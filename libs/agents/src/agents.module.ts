import { Module } from '@nestjs/common';
import { AgentRepositoriesService } from './repositories/agent-repositories.service.js';
import { GitAgentsService } from './repositories/git-agents.service.js';

/** Agents kept in Git: their repositories and what was found in them. Needs DatabaseModule and the configuration area GitConfig. */
@Module({
  providers: [AgentRepositoriesService, GitAgentsService],
  exports: [AgentRepositoriesService, GitAgentsService],
})
export class AgentsModule {}
