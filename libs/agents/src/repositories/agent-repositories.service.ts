import { currentContext, GitConfig, sqlStateOf, TenantConnection, VersionConflictError, writeAudit } from '#database';
import { enqueue } from '#queue';
import { Injectable } from '@nestjs/common';
import { AgentRepositoryNameTakenError, AgentRepositoryNotFoundError } from '../errors.js';
import { checkAgentDirectory } from '../git/agent-directory.js';
import { checkBranch } from '../git/branch.js';
import { checkGitUrl } from '../git/git-url.js';
import {
  deleteAgentRepository,
  findAgentRepository,
  insertAgentRepository,
  lockAgentRepository,
  pageOfAgentRepositories,
  updateAgentRepository,
} from '../persistence/agent-repositories.js';
import type { PageRequest } from '../persistence/page-request.js';
import { repositorySync } from './repository-sync.job-definition.js';
import { isSameSource, settingsOf, settingsVersion, type AgentRepositorySettings } from './settings.js';
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

/** What of a repository is to become different; whatever is left out stays. */
export type AgentRepositoryChanges = Partial<NewAgentRepository>;

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
    return nameTakenNamed(input.name, () =>
      this.db.transaction(async (tx) => {
        const made = await insertAgentRepository(tx, row);
        await writeAudit(tx, { action: 'agent_repository.created', subjectType: 'agent_repository', subjectId: made.uid, changes: { ...settingsOf(made) } });
        return toAgentRepositoryView(made);
      }),
    );
  }

  /**
   * Changes a repository's name or where its agents are read from. Where the latter changes, the next sync reads everything anew;
   * the agents of the last one stay until then, and a sync under way starts over.
   * @param expectedVersion what the caller has seen: `settingsVersion` of the view, which a sync does not change, or its `version`.
   * @throws AgentRepositoryNotFoundError, VersionConflictError, AgentRepositoryNameTakenError, GitUrlRefusedError,
   * GitBranchRefusedError, AgentDirectoryRefusedError
   */
  async update(id: string, changes: AgentRepositoryChanges, expectedVersion: number): Promise<AgentRepositoryView> {
    return nameTakenNamed(changes.name ?? '', () =>
      this.db.transaction(async (tx) => {
        await lockAgentRepository(tx, id);
        const row = await findAgentRepository(tx, id);
        if (row === null) throw new AgentRepositoryNotFoundError(id);
        const before = settingsOf(row);
        if (expectedVersion !== row.version && expectedVersion !== settingsVersion(before)) throw new VersionConflictError('agent repository');
        const after = this.#changed(before, changes);
        if (settingsVersion(after) === settingsVersion(before)) return toAgentRepositoryView(row);
        const moved = isSameSource(before, after) ? {} : { lastSyncCommitHash: null };
        const updated = await updateAgentRepository(tx, id, { ...after, ...moved });
        if (updated === undefined) throw new AgentRepositoryNotFoundError(id);
        await writeAudit(tx, { action: 'agent_repository.updated', subjectType: 'agent_repository', subjectId: id, changes: { before, after } });
        return toAgentRepositoryView(updated);
      }),
    );
  }

  #changed(before: AgentRepositorySettings, changes: AgentRepositoryChanges): AgentRepositorySettings {
    const agentDirectory = changes.agentDirectory === undefined ? before.agentDirectory : checkAgentDirectory(changes.agentDirectory);
    return {
      name: changes.name ?? before.name,
      gitUrl: changes.gitUrl === undefined ? before.gitUrl : checkGitUrl(changes.gitUrl, this.config.allowedProtocols),
      branch: changes.branch === undefined ? before.branch : checkBranch(changes.branch),
      isRoot: changes.isRoot ?? (changes.agentDirectory === undefined ? before.isRoot : agentDirectory === null),
      agentDirectory,
    };
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
      await writeAudit(tx, { action: 'agent_repository.deleted', subjectType: 'agent_repository', subjectId: id });
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

/** Runs `work`, and says of a unique violation which name is taken. */
async function nameTakenNamed<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (sqlStateOf(error) === UNIQUE_VIOLATION) throw new AgentRepositoryNameTakenError(name, error);
    throw error;
  }
}
