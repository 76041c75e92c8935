import { TenantConnection } from '#database';
import { Injectable } from '@nestjs/common';
import { AgentRepositoryNotFoundError, GitAgentNotFoundError } from '../errors.js';
import { findAgentRepository, uidsOfAgentRepositories } from '../persistence/agent-repositories.js';
import { findGitAgent, pageOfGitAgents } from '../persistence/git-agents.js';
import type { PageRequest } from '../persistence/page-request.js';
import { toGitAgentView, type GitAgentView, type PageOf } from './views.js';

/** Which agents a list shows; every condition given must hold. */
export interface GitAgentFilter extends PageRequest {
  /** Public id of a repository. */
  readonly repositoryId?: string;
  readonly tag?: string;
  readonly isActive?: boolean;
}

/** The agents found in the repositories of the current organization. Ids are public ones. */
@Injectable()
export class GitAgentsService {
  constructor(private readonly db: TenantConnection) {}

  /**
   * One page of the agents, in the order in which they were first found.
   * @throws AgentRepositoryNotFoundError when a repository is named that does not exist
   */
  async list(filter: GitAgentFilter = {}): Promise<PageOf<GitAgentView>> {
    const { repositoryId, ...rest } = filter;
    let agentRepositoryId: string | undefined;
    if (repositoryId !== undefined) {
      const repository = await findAgentRepository(this.db, repositoryId);
      if (repository === null) throw new AgentRepositoryNotFoundError(repositoryId);
      agentRepositoryId = repository.id;
    }
    const { items, nextCursor } = await pageOfGitAgents(this.db, { ...rest, agentRepositoryId });
    const uids = await uidsOfAgentRepositories(
      this.db,
      items.map((row) => row.agentRepositoryId),
    );
    return { items: items.map((row) => toGitAgentView(row, uids.get(row.agentRepositoryId) ?? '')), nextCursor };
  }

  /** @throws GitAgentNotFoundError */
  async get(id: string): Promise<GitAgentView> {
    const row = await findGitAgent(this.db, id);
    if (row === null) throw new GitAgentNotFoundError(id);
    const uids = await uidsOfAgentRepositories(this.db, [row.agentRepositoryId]);
    return toGitAgentView(row, uids.get(row.agentRepositoryId) ?? '');
  }
}
