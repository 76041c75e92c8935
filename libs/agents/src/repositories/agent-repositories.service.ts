import { currentContext, GitConfig, sqlStateOf, TenantConnection } from '#database';
import { enqueue } from '#queue';
import { Injectable } from '@nestjs/common';
import { AgentRepositoryNameTakenError, AgentRepositoryNotFoundError } from '../errors.js';
import { checkAgentDirectory } from '../git/agent-directory.js';
import { checkBranch } from '../git/branch.js';
import { checkGitUrl } from '../git/git-url.js';
import { deleteAgentRepository, findAgentRepository, insertAgentRepository, pageOfAgentRepositories } from '../persistence/agent-repositories.js';
import type { PageRequest } from '../persistence/page-request.js';
import { repositorySync } from './repository-sync.job-definition.js';
import { toAgentRepositoryView, type AgentRepositoryView, type PageOf } from './views.js';

const UNIQUE_VIOLATION = '23505';

/** What a client says about a new repository. */
export interface NewAgentRepository {
  /** Unique in the organization; at most 255 characters. */
  readonly name: string;
  readonly gitUrl: string;
  /** Default `main`. */
  readonly branch?: string;
  /** Look for agents in the whole repository. Default: true exactly when no `agentDirectory` is given. */
  readonly isRoot?: boolean;
  /** Look for agents below this folder only. */
  readonly agentDirectory?: string | null;
}

/** The agent repositories of the current organization. Ids are public ones. */
@Injectable()
export class AgentRepositoriesService {
  constructor(
    private readonly db: TenantConnection,
    private readonly config: GitConfig,
  ) {}

  /**
   * Registers a repository; nothing is read from it before a sync is requested.
   * @throws GitUrlRefusedError, GitBranchRefusedError, AgentDirectoryRefusedError, AgentRepositoryNameTakenError
   */
  async create(input: NewAgentRepository): Promise<AgentRepositoryView> {
    const agentDirectory = checkAgentDirectory(input.agentDirectory ?? null);
    const row = {
      name: input.name,
      gitUrl: checkGitUrl(input.gitUrl, this.config.allowedProtocols),
      branch: checkBranch(input.branch ?? 'main'),
      isRoot: input.isRoot ?? agentDirectory === null,
      agentDirectory,
      createdBy: currentContext()?.principal?.userId ?? null,
    };
    try {
      return toAgentRepositoryView(await insertAgentRepository(this.db, row));
    } catch (error) {
      if (sqlStateOf(error) === UNIQUE_VIOLATION) throw new AgentRepositoryNameTakenError(input.name, error);
      throw error;
    }
  }

  /** One page of the repositories, oldest first. */
  async list(page: PageRequest = {}): Promise<PageOf<AgentRepositoryView>> {
    const { items, nextCursor } = await pageOfAgentRepositories(this.db, page);
    return { items: items.map(toAgentRepositoryView), nextCursor };
  }

  /** @throws AgentRepositoryNotFoundError */
  async get(id: string): Promise<AgentRepositoryView> {
    const row = await findAgentRepository(this.db, id);
    if (row === null) throw new AgentRepositoryNotFoundError(id);
    return toAgentRepositoryView(row);
  }

  /**
   * Deletes the repository and its agents. What was made from one of those agents stays, and forgets where it came from.
   * A last sync job finds nothing to read and removes the copy on the worker's disk.
   * @throws AgentRepositoryNotFoundError
   */
  async delete(id: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      if (!(await deleteAgentRepository(tx, id))) throw new AgentRepositoryNotFoundError(id);
      await enqueue(tx, repositorySync, { repositoryId: id });
    });
  }

  /**
   * Asks the worker to read the repository. Asking again before the worker has begun changes nothing.
   * @throws AgentRepositoryNotFoundError
   */
  async requestSync(id: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      if ((await findAgentRepository(tx, id)) === null) throw new AgentRepositoryNotFoundError(id);
      await enqueue(tx, repositorySync, { repositoryId: id });
    });
  }
}
