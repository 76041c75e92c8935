import type { GitAgent, InsertValues, SyncError } from '#database';
import type { KnownAgent } from '../persistence/git-agents.js';
import type { ScannedAgent } from '../scan/scan-agents.js';

const MAX_RECORDED_PROBLEMS = 1_000;

/** What has to be written so that the table says what the commit says. */
export interface Changes {
  readonly upserts: readonly InsertValues<GitAgent>[];
  /** Internal ids of agents whose files vanished or are agents no more. */
  readonly vanished: readonly string[];
}

/** Compares what was scanned with what the table has; what is the same in both is not written. */
export function planChanges(
  agentRepositoryId: string,
  known: ReadonlyMap<string, KnownAgent>,
  scanned: readonly ScannedAgent[],
  lastCommits: ReadonlyMap<string, string>,
): Changes {
  const found = new Set(scanned.map(({ path }) => path));
  const upserts = scanned.flatMap(({ path, md5, definition }) => {
    const row = known.get(path);
    const lastModifiedCommitHash = lastCommits.get(path) ?? row?.lastModifiedCommitHash ?? null;
    const same = row !== undefined && row.isActive && row.hasBody && row.contentHash === md5 && row.lastModifiedCommitHash === lastModifiedCommitHash;
    if (same || definition === undefined) return [];
    const { name, description, tags, frontmatter, body } = definition;
    return [
      { agentRepositoryId, filePath: path, name, description, tags: [...tags], frontmatter, body, contentHash: md5, isActive: true, lastModifiedCommitHash },
    ];
  });
  const vanished = [...known.values()].filter((row) => row.isActive && !found.has(row.filePath)).map(({ id }) => id);
  return { upserts, vanished };
}

/** The problems as they are recorded: at most 1,000, and then one that says how many more there are. */
export function recordedProblems(problems: readonly SyncError[]): SyncError[] {
  if (problems.length <= MAX_RECORDED_PROBLEMS) return [...problems];
  const more = problems.length - MAX_RECORDED_PROBLEMS;
  return [...problems.slice(0, MAX_RECORDED_PROBLEMS), { path: null, code: 'MORE_PROBLEMS', message: `${more} more files have problems.` }];
}
