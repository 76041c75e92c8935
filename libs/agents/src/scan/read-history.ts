import { mirrorArgs, type MirrorContext } from '../git/mirror.js';
import { startGit } from '../git/run-git.js';
import { recordsOf } from './records.js';

/** What a commit's record looks like. No path that is looked for holds a control character. */
const COMMIT = /^\x01([0-9a-f]{40,64})$/;

/**
 * The last commit that changed each of `paths`, from a single walk through the history that ends as soon as every path was met.
 * Only commits after `since` are walked, if it is given (it must be an ancestor); a path that none of them changed is not in
 * the answer. A merge counts where its result differs from all of its parents.
 */
export async function readHistory(
  mirror: MirrorContext,
  commit: string,
  paths: ReadonlySet<string>,
  { since, directory }: { since?: string; directory: string | null },
): Promise<Map<string, string>> {
  const last = new Map<string, string>();
  if (paths.size === 0) return last;
  const scope = directory === null ? [] : ['--', directory];
  const range = since === undefined ? [commit] : [commit, `^${since}`];
  const running = startGit({
    ...mirror,
    args: mirrorArgs(mirror, 'log', '-z', '--format=%x01%H', '-c', '--name-only', '--no-renames', '--no-ext-diff', '--no-textconv', ...range, ...scope),
  });
  running.stdin.end();
  let current = '';
  try {
    for await (const record of recordsOf(running.stdout)) {
      const text = record.toString('utf8');
      const name = text.startsWith('\n') ? text.slice(1) : text;
      const hash = COMMIT.exec(name)?.[1];
      if (hash !== undefined) current = hash;
      else if (paths.has(name) && !last.has(name)) last.set(name, current);
      if (last.size === paths.size) break;
    }
    if (last.size === paths.size) running.stop();
    await running.done;
  } finally {
    running.stop();
  }
  return last;
}
