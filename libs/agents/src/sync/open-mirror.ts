import { rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { GitConfig } from '#database';
import { lockMirror } from '../git/mirror-lock.js';
import { mirrorPath, removeMirror, type MirrorContext } from '../git/mirror.js';
import { openSandbox, type GitSandbox } from '../git/sandbox.js';
import { startConnectProxy, type ConnectProxy, type ConnectProxyOptions } from '../proxy/connect-proxy.js';
import { SyncFailedError } from './sync-failure.js';

const LOCK_WAIT_MS = 20_000;

/** How the network is reached; left out in production. Tests name other ports, addresses and certificates. */
export interface NetworkOptions extends Partial<Pick<ConnectProxyOptions, 'ports' | 'isAllowed' | 'resolve'>> {
  readonly certificateFile?: string;
}

/** Whose mirror it is. Both are UUIDs. */
export interface MirrorOwner {
  readonly orgId: string;
  readonly repositoryId: string;
}

/**
 * Gives `work` the locked mirror of one repository, with a sandbox, a time limit and, for https, a proxy; everything is taken down
 * afterwards, the mirror stays.
 * @throws SyncFailedError TIME_LIMIT, SIZE_LIMIT, MIRROR_BUSY; what `work` throws; the signal's reason
 */
export async function withMirror<T>(
  config: GitConfig,
  owner: MirrorOwner,
  url: string,
  network: NetworkOptions,
  outer: AbortSignal,
  work: (mirror: MirrorContext) => Promise<T>,
): Promise<T> {
  const path = mirrorPath(config.cacheDirectory, owner.orgId, owner.repositoryId);
  const unlock = await lockMirror(path, LOCK_WAIT_MS, outer);
  const ended = new AbortController();
  const timer = setTimeout(() => ended.abort(timeLimit(config.syncTimeoutMs)), config.syncTimeoutMs);
  let proxy: ConnectProxy | undefined;
  let sandbox: GitSandbox | undefined;
  try {
    const protocol = config.allowedProtocols.find((name) => url.startsWith(`${name}:`));
    if (protocol === undefined) throw new SyncFailedError('GIT_URL_REFUSED', 'The protocol of the address is not allowed here.');
    if (protocol === 'https') proxy = await startConnectProxy({ ...network, maxBytes: config.maxRepositoryBytes * 2 });
    sandbox = await openSandbox({ protocol, proxyUrl: proxy?.url, certificateFile: network.certificateFile });
    return await work({ path, sandbox, signal: AbortSignal.any([outer, ended.signal]), maxBytes: config.maxRepositoryBytes });
  } catch (error) {
    const failure = proxy?.exceeded() === true ? new SyncFailedError('SIZE_LIMIT', 'The server sent more than is fetched from one repository.', error) : error;
    if (failure instanceof SyncFailedError && failure.code === 'SIZE_LIMIT') await removeMirror(path);
    throw failure;
  } finally {
    clearTimeout(timer);
    ended.abort(new Error('The sync is over.'));
    await Promise.all([proxy?.close(), sandbox?.close()]);
    await unlock();
  }
}

/** Removes the mirror of a repository that no longer exists. */
export async function forgetMirror(config: GitConfig, owner: MirrorOwner, signal: AbortSignal): Promise<void> {
  const path = mirrorPath(config.cacheDirectory, owner.orgId, owner.repositoryId);
  const unlock = await lockMirror(path, LOCK_WAIT_MS, signal);
  try {
    await removeMirror(path);
  } finally {
    await unlock();
  }
  await rmdir(dirname(path)).catch(() => undefined); // the organization's last mirror takes its folder along
}

function timeLimit(ms: number): SyncFailedError {
  return new SyncFailedError('TIME_LIMIT', `Reading the repository took longer than ${ms} ms.`);
}
