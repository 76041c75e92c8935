import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { MergeBaseUnknownError } from '../errors.js';

const run = promisify(execFile);
const LARGEST = 256 * 1024 * 1024;

/** What git answers, without the last line break. Its own variables are taken away: a hook runs with those of the commit. */
export async function git(root: string, ...args: readonly string[]): Promise<string> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
  const { stdout } = await run('git', ['-C', root, ...args], { maxBuffer: LARGEST, env });
  return stdout.replace(/\n$/, '');
}

const USUAL = ['origin/main', 'main', 'origin/master', 'master'];

/**
 * The commit that this one grew from: with `since`, or the main branch. Undefined outside of a repository, and where there is no main
 * branch to compare with.
 * @throws MergeBaseUnknownError when `since` was given and git does not know it
 */
export async function mergeBase(root: string, since?: string): Promise<string | undefined> {
  for (const reference of since === undefined ? USUAL : [since]) {
    try {
      return await git(root, 'merge-base', 'HEAD', reference);
    } catch (error) {
      if (since !== undefined) throw new MergeBaseUnknownError(since, error);
      if (!isAnswer(error)) throw error;
    }
  }
  return undefined;
}

/** Git ran and said no: the reference, or the repository, is not there. Anything else (no git, no right) is no answer. */
function isAnswer(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'number';
}

/** The text of a file at a commit; undefined where it was not there then. */
export async function fileAt(root: string, commit: string, path: string): Promise<string | undefined> {
  const listed = await git(root, 'ls-tree', '--name-only', commit, '--', path);
  return listed === '' ? undefined : git(root, 'show', `${commit}:${path}`);
}
