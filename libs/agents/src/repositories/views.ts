import type { AgentRepository, GitAgent, SyncError, SyncStatus } from '#database';

/** An agent repository as clients see it. `id` is the public id (the column `uid`). */
export interface AgentRepositoryView {
  readonly id: string;
  readonly name: string;
  readonly gitUrl: string;
  readonly branch: string;
  /** Whether agents are looked for in the whole repository. */
  readonly isRoot: boolean;
  /** The folder below which agents are looked for when `isRoot` is false. */
  readonly agentDirectory: string | null;
  /** The commit whose agents the list shows; null before the first successful sync. */
  readonly lastSyncCommitHash: string | null;
  readonly lastSyncAt: Date | null;
  /** null before the first sync. `success` with errors means: read to the end, but these files are no agents. */
  readonly lastSyncStatus: SyncStatus | null;
  readonly lastSyncErrors: readonly SyncError[];
  /** Raised by each update of the row. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** An agent found in a repository, as clients see it. `id` is the public id (the column `uid`). */
export interface GitAgentView {
  readonly id: string;
  /** Public id of the repository it was found in. */
  readonly repositoryId: string;
  readonly name: string;
  readonly description: string | null;
  readonly filePath: string;
  /** MD5 of the file's bytes, in hexadecimal. */
  readonly contentHash: string;
  readonly frontmatter: Readonly<Record<string, unknown>>;
  readonly tags: readonly string[];
  /** False when the file vanished from the branch or can no longer be read as an agent. */
  readonly isActive: boolean;
  readonly lastModifiedCommitHash: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** One page of a list. `nextCursor` is null on the last page; otherwise it is passed back as `cursor`. */
export interface PageOf<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** What a client sees of a repository row. */
export function toAgentRepositoryView(row: AgentRepository): AgentRepositoryView {
  return {
    id: row.uid,
    name: row.name,
    gitUrl: row.gitUrl,
    branch: row.branch,
    isRoot: row.isRoot,
    agentDirectory: row.agentDirectory,
    lastSyncCommitHash: row.lastSyncCommitHash,
    lastSyncAt: row.lastSyncAt,
    lastSyncStatus: row.lastSyncStatus,
    lastSyncErrors: row.lastSyncErrors ?? [],
    version: row.version,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

/** What a client sees of an agent row; `repositoryId` is the public id of its repository. */
export function toGitAgentView(row: GitAgent, repositoryId: string): GitAgentView {
  return {
    id: row.uid,
    repositoryId,
    name: row.name,
    description: row.description,
    filePath: row.filePath,
    contentHash: row.contentHash,
    frontmatter: row.frontmatter,
    tags: row.tags,
    isActive: row.isActive,
    lastModifiedCommitHash: row.lastModifiedCommitHash,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}
