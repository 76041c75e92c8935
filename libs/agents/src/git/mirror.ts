import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isUuid, newId } from '#database';
import { SyncFailedError } from '../sync/sync-failure.js';
import { fetchFailure } from './fetch-failure.js';
import type { RemoteCredential } from './remote-credential.js';
import { GitCommandError, runGit } from './run-git.js';
import type { GitSandbox } from './sandbox.js';

const BRANCH_REF = 'refs/plinth/branch';
const ORIGIN_FILE = 'plinth-origin';
const SIZE_CHECK_MS = 250;

/** Where the mirror of one repository lies: apart for each organization *and* repository, so that nothing one of them fetched can be seen by another. */
export function mirrorPath(cacheDirectory: string, orgId: string, repositoryId: string): string {
  if (!isUuid(orgId) || !isUuid(repositoryId)) throw new TypeError('A mirror is named by two UUIDs.');
  return resolve(cacheDirectory, orgId, `${repositoryId}.git`);
}

/** What one use of a mirror may do and for how long. */
export interface MirrorContext {
  readonly path: string;
  readonly sandbox: GitSandbox;
  readonly signal: AbortSignal;
  readonly maxBytes: number;
  /** For the commands that speak with the server; no other command gets it. */
  readonly remoteCredential?: RemoteCredential;
}

/** Runs `git` on the mirror. */
export function mirrorArgs(mirror: MirrorContext, ...args: string[]): string[] {
  return [`--git-dir=${mirror.path}`, ...args];
}

/**
 * Makes the mirror if there is none, or one of another address: an address that changed must not keep the old history. What a killed
 * command left unfinished is removed.
 * @returns whether the mirror is a new one.
 */
export async function prepareMirror(mirror: MirrorContext, url: string): Promise<boolean> {
  const origin = await readFile(join(mirror.path, ORIGIN_FILE), 'utf8').catch(() => undefined);
  if (origin === url) {
    await removeUnfinished(mirror.path);
    return false;
  }
  const fresh = `${mirror.path}.${newId()}`;
  await mkdir(dirname(mirror.path), { recursive: true, mode: 0o700 });
  try {
    await runGit({ ...mirror, args: ['init', '--quiet', '--bare', '--template=', '--', fresh] });
    await writeFile(join(fresh, ORIGIN_FILE), url, { mode: 0o600 });
    await rm(mirror.path, { recursive: true, force: true });
    await rename(fresh, mirror.path);
    return true;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

async function removeUnfinished(path: string): Promise<void> {
  const folder = join(path, 'objects', 'pack');
  const names = await readdir(folder).catch(() => []);
  const unfinished = names.filter((name) => name.startsWith('tmp_')).map((name) => join(folder, name));
  await Promise.all([...unfinished, join(path, `${BRANCH_REF}.lock`), join(path, 'packed-refs.lock')].map((file) => rm(file, { force: true })));
}

/** Removes the mirror with all it holds. */
export async function removeMirror(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
}

/**
 * Fetches what is new on one branch, and nothing else: no tags, no other branches, no submodules. A rewritten branch is followed.
 * @returns the branch's commit.
 * @throws SyncFailedError when the other side is the reason or a limit is passed, MIRROR_BROKEN when the mirror may be the reason.
 */
export async function fetchBranch(mirror: MirrorContext, url: string, branch: string): Promise<string> {
  const limit = new AbortController();
  const watch = setInterval(() => {
    void mirrorBytes(mirror.path).then((bytes) => {
      if (bytes > mirror.maxBytes) limit.abort(sizeLimit(mirror.maxBytes));
    });
  }, SIZE_CHECK_MS);
  const args = mirrorArgs(
    mirror,
    'fetch',
    '--quiet',
    '--force',
    '--no-tags',
    '--no-recurse-submodules',
    '--no-write-fetch-head',
    '--no-auto-maintenance',
    '--no-show-forced-updates',
    '--refmap=',
    '--',
    url,
    `+refs/heads/${branch}:${BRANCH_REF}`,
  );
  try {
    await runGit({ ...mirror, args, signal: AbortSignal.any([mirror.signal, limit.signal]), credential: mirror.remoteCredential });
    if ((await mirrorBytes(mirror.path)) > mirror.maxBytes) throw sizeLimit(mirror.maxBytes);
    return (await runGit({ ...mirror, args: mirrorArgs(mirror, 'rev-parse', '--verify', '--quiet', `${BRANCH_REF}^{commit}`) })).toString('utf8').trim();
  } catch (error) {
    if (!(error instanceof GitCommandError)) throw error;
    const failure =
      fetchFailure(error, mirror.remoteCredential !== undefined) ??
      new SyncFailedError('MIRROR_BROKEN', 'The copy of the repository could not be brought up to date.', error);
    throw failure.code === 'BRANCH_NOT_FOUND' ? await emptyOr(mirror, url, failure) : failure;
  } finally {
    clearInterval(watch);
  }
}

/** Whether `ancestor` is part of the history of `commit`; false as well when the mirror does not have it. */
export async function isAncestor(mirror: MirrorContext, ancestor: string, commit: string): Promise<boolean> {
  if (!/^[0-9a-f]{40,64}$/.test(ancestor)) return false;
  try {
    await runGit({ ...mirror, args: mirrorArgs(mirror, 'merge-base', '--is-ancestor', ancestor, commit) });
    return true;
  } catch (error) {
    if (error instanceof GitCommandError) return false;
    throw error;
  }
}

/** Packs the mirror together once it consists of many packs. A failure is only a lost chance. */
export async function tidyMirror(mirror: MirrorContext): Promise<void> {
  await runGit({ ...mirror, args: mirrorArgs(mirror, 'gc', '--auto', '--quiet') }).catch(() => undefined);
}

async function emptyOr(mirror: MirrorContext, url: string, failure: SyncFailedError): Promise<SyncFailedError> {
  const args = mirrorArgs(mirror, 'ls-remote', '--quiet', '--heads', '--', url);
  const heads = await runGit({ ...mirror, args, credential: mirror.remoteCredential }).catch(() => undefined);
  return heads?.length === 0 ? new SyncFailedError('REPOSITORY_EMPTY', 'The repository has no branches.', failure.cause) : failure;
}

function sizeLimit(maxBytes: number): SyncFailedError {
  return new SyncFailedError('SIZE_LIMIT', `The repository is larger than ${maxBytes} bytes, the most that is fetched.`);
}

/** The bytes of the mirror's packs, unfinished ones included. All objects are in packs: `fetch.unpackLimit` is 1. */
async function mirrorBytes(path: string): Promise<number> {
  const folder = join(path, 'objects', 'pack');
  const names = await readdir(folder).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
