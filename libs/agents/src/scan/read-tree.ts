import type { SyncError } from '#database';
import { mirrorArgs, type MirrorContext } from '../git/mirror.js';
import { startGit } from '../git/run-git.js';
import { SyncFailedError } from '../sync/sync-failure.js';
import { recordsOf } from './records.js';

const MAX_PATH_LENGTH = 1024;
const REGULAR_FILE = /^100(644|755)$/;

/** A Markdown file of a commit, as its tree names it. */
export interface TreeFile {
  readonly path: string;
  /** The name of its content in Git. */
  readonly blob: string;
  readonly size: number;
}

export interface TreeReading {
  readonly files: readonly TreeFile[];
  /** Files whose path no agent can have. */
  readonly problems: readonly SyncError[];
}

/**
 * The Markdown files of a commit, in the order of their paths: everywhere, or below `directory`. Symbolic links and submodules are
 * never followed: they are no files here.
 * @throws SyncFailedError FILE_COUNT_LIMIT
 */
export async function readTree(mirror: MirrorContext, commit: string, directory: string | null, maxFiles: number): Promise<TreeReading> {
  const files: TreeFile[] = [];
  const problems: SyncError[] = [];
  const scope = directory === null ? [] : ['--', `${directory}/`];
  const running = startGit({ ...mirror, args: mirrorArgs(mirror, 'ls-tree', '-r', '-z', '-l', '--full-tree', commit, ...scope) });
  running.stdin.end();
  for await (const record of recordsOf(running.stdout)) {
    const tab = record.indexOf(0x09);
    const [mode = '', , blob = '', size = ''] = record.subarray(0, tab).toString('latin1').split(/ +/);
    const bytes = record.subarray(tab + 1);
    const path = bytes.toString('utf8');
    if (!/\.md$/i.test(path) || !REGULAR_FILE.test(mode)) continue;
    const problem = problemOf(path, bytes);
    if (problem !== undefined) problems.push(problem);
    else files.push({ path, blob, size: Number(size) });
    if (files.length + problems.length > maxFiles) {
      running.stop();
      throw new SyncFailedError('FILE_COUNT_LIMIT', `There are more than ${maxFiles} Markdown files. Name a folder with fewer as the agent directory.`);
    }
  }
  await running.done;
  return { files, problems };
}

function problemOf(path: string, bytes: Buffer): SyncError | undefined {
  const shown = path.replace(/\p{Cc}/gu, '�').slice(0, MAX_PATH_LENGTH);
  const refuse = (message: string): SyncError => ({ path: shown, code: 'PATH_REFUSED', message });
  if (path.length > MAX_PATH_LENGTH) return refuse(`The path is longer than ${MAX_PATH_LENGTH} characters.`);
  if (!Buffer.from(path, 'utf8').equals(bytes)) return refuse('The path is not UTF-8.');
  if (/\p{Cc}/u.test(path)) return refuse('The path holds control characters.');
  if (path.split('/').some((part) => part === '' || part === '.' || part === '..')) return refuse('The path leaves its folder.');
  return undefined;
}
