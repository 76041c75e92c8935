import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const FOLDER = 'example-agents';
/** The same content gives the same commit on every machine. */
const AUTHOR = { name: 'Plinth Examples', email: 'examples@plinth.invalid', date: '2026-01-01T00:00:00Z' };

/**
 * Makes a Git repository of the files in `examples` below `home`, with one commit on `main`, where it does not exist yet, and
 * returns its path. It is made aside and moved into place, so that a half-made one is never found.
 */
export async function exampleRepository(examples: string, home: string): Promise<string> {
  const target = join(home, FOLDER);
  if (await exists(join(target, '.git'))) return target;
  await mkdir(home, { recursive: true });
  const draft = await mkdtemp(join(home, `${FOLDER}-`));
  try {
    await cp(examples, draft, { recursive: true });
    await git(draft, 'init', '--quiet', '--initial-branch=main');
    await git(draft, 'add', '--all');
    await git(draft, 'commit', '--quiet', '--message', 'Add three example agents');
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another process that starts at the same time may have been first.
    if (!(await exists(join(target, '.git')))) throw error;
  }
  return target;
}

/** Git with no configuration but its own, so that no hook, signing key or template of the user takes part. */
async function git(folder: string, ...args: readonly string[]): Promise<void> {
  await run('git', [...args], {
    cwd: folder,
    timeout: 10_000,
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: devNull,
      GIT_TEMPLATE_DIR: '',
      GIT_TERMINAL_PROMPT: '0',
      GIT_AUTHOR_NAME: AUTHOR.name,
      GIT_AUTHOR_EMAIL: AUTHOR.email,
      GIT_AUTHOR_DATE: AUTHOR.date,
      GIT_COMMITTER_NAME: AUTHOR.name,
      GIT_COMMITTER_EMAIL: AUTHOR.email,
      GIT_COMMITTER_DATE: AUTHOR.date,
    },
  });
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}
