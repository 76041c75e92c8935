import type { AgentRepository, SyncError } from '#database';
import { fetchBranch, isAncestor, prepareMirror, removeMirror, tidyMirror, type MirrorContext } from '../git/mirror.js';
import { GitCommandError } from '../git/run-git.js';
import type { KnownAgent } from '../persistence/git-agents.js';
import { readHistory } from '../scan/read-history.js';
import { readTree } from '../scan/read-tree.js';
import { scanAgents, type ScannedAgent } from '../scan/scan-agents.js';
import { SyncFailedError } from './sync-failure.js';

/** What to read, all of it checked. */
export interface Source {
  readonly url: string;
  readonly branch: string;
  /** null: the whole repository. */
  readonly directory: string | null;
  /** The commit whose agents the table has; null: none. */
  readonly base: string | null;
  readonly maxFiles: number;
  readonly maxFileBytes: number;
}

/** What a commit says. */
export interface Reading {
  readonly commit: string;
  readonly agents: readonly ScannedAgent[];
  readonly problems: readonly SyncError[];
  /** The last commit of each path that changed since `base`, or of every path. */
  readonly lastCommits: ReadonlyMap<string, string>;
}

/**
 * Brings the mirror up to date. A mirror that is broken is made anew, once.
 * @returns the branch's commit. @throws SyncFailedError
 */
export async function updateMirror(mirror: MirrorContext, { url, branch }: Source): Promise<string> {
  const isNew = await prepareMirror(mirror, url);
  try {
    return await fetchBranch(mirror, url, branch);
  } catch (error) {
    if (isNew || !mayBeTheMirror(error)) throw asFetchFailure(error);
    return await rebuild(mirror, { url, branch });
  }
}

/** Reads the agents of a commit from the mirror, which is made anew, once, when it proves broken. @throws SyncFailedError */
export async function readCommit(mirror: MirrorContext, source: Source, commit: string, known: ReadonlyMap<string, KnownAgent>): Promise<Reading> {
  try {
    return await readOnce(mirror, source, commit, known);
  } catch (error) {
    if (!mayBeTheMirror(error)) throw error;
    return await readOnce(mirror, source, await rebuild(mirror, source), known);
  } finally {
    if (!mirror.signal.aborted) await tidyMirror(mirror);
  }
}

async function readOnce(mirror: MirrorContext, source: Source, commit: string, known: ReadonlyMap<string, KnownAgent>): Promise<Reading> {
  const { base, directory } = source;
  const tree = await readTree(mirror, commit, directory, source.maxFiles);
  const paths = new Set(tree.files.map(({ path }) => path));
  const since = base !== null && (base === commit || (await isAncestor(mirror, base, commit))) ? base : undefined;
  let lastCommits = await readHistory(mirror, commit, paths, { since, directory });
  const scan = await scanAgents(mirror, tree.files, source.maxFileBytes, (path, md5) => {
    const row = known.get(path);
    return row !== undefined && row.isActive && row.hasBody && row.contentHash === md5 && !lastCommits.has(path) ? row.name : undefined;
  });
  const unknown = scan.agents.filter(({ path }) => !lastCommits.has(path) && (known.get(path)?.lastModifiedCommitHash ?? null) === null);
  if (since !== undefined && unknown.length > 0) {
    const older = await readHistory(mirror, commit, new Set(unknown.map(({ path }) => path)), { directory });
    lastCommits = new Map([...lastCommits, ...older]);
  }
  const problems = [...tree.problems, ...scan.problems];
  if (directory !== null && tree.files.length + tree.problems.length === 0) {
    problems.push({ path: directory, code: 'AGENT_DIRECTORY_EMPTY', message: 'There is no Markdown file below the agent directory on this branch.' });
  }
  return { commit, agents: scan.agents, problems, lastCommits };
}

async function rebuild(mirror: MirrorContext, { url, branch }: Pick<Source, 'url' | 'branch'>): Promise<string> {
  await removeMirror(mirror.path);
  await prepareMirror(mirror, url);
  return fetchBranch(mirror, url, branch).catch((error: unknown) => {
    throw asFetchFailure(error);
  });
}

function mayBeTheMirror(error: unknown): boolean {
  if (error instanceof GitCommandError) return true;
  return error instanceof SyncFailedError && (error.code === 'MIRROR_BROKEN' || error.code === 'OBJECTS_REFUSED');
}

function asFetchFailure(error: unknown): unknown {
  if (error instanceof GitCommandError || (error instanceof SyncFailedError && error.code === 'MIRROR_BROKEN')) {
    return new SyncFailedError('FETCH_FAILED', 'Git could not fetch the branch.', error);
  }
  return error;
}

/** The folder below which a repository's agents lie; null for all of it. */
export function directoryOf({ isRoot, agentDirectory }: Pick<AgentRepository, 'isRoot' | 'agentDirectory'>): string | null {
  return isRoot ? null : agentDirectory;
}
