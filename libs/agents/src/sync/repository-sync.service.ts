import { EncryptionConfig, GitConfig, type AgentRepository, type Logger, type TenantConnection, type Tx } from '#database';
import { Injectable } from '@nestjs/common';
import { planChanges, recordedProblems } from '../apply/plan-changes.js';
import { openCredential, type OpenCredential } from '../credentials/open-credential.js';
import { SecretBox } from '../encryption/secret-box.js';
import { AgentDirectoryRefusedError, GitBranchRefusedError, GitUrlRefusedError } from '../errors.js';
import { checkAgentDirectory } from '../git/agent-directory.js';
import { checkBranch } from '../git/branch.js';
import { checkGitUrl } from '../git/git-url.js';
import { findAgentRepository, lockAgentRepository, recordSync, recordSyncStarted, recordUnchanged } from '../persistence/agent-repositories.js';
import { isSameSource } from '../repositories/settings.js';
import { recordCredentialUse } from '../persistence/git-credentials.js';
import { deactivateGitAgents, knownAgents, upsertGitAgents } from '../persistence/git-agents.js';
import { forgetMirror, withMirror, type NetworkOptions } from './open-mirror.js';
import { directoryOf, readCommit, updateMirror, type Reading, type Source } from './read-repository.js';
import { SyncFailedError } from './sync-failure.js';

/** One sync to do. */
export interface SyncWork {
  readonly db: TenantConnection;
  /** Public id of the repository. */
  readonly repositoryId: string;
  /** Stops the sync; nothing is recorded then. */
  readonly signal: AbortSignal;
  readonly logger: Logger;
  /** Throws, inside a transaction that is about to write, when this run may not write any more. */
  readonly assertHeld: (tx: Tx) => Promise<void>;
}

/** How a sync ended. */
export type SyncOutcome =
  | { readonly status: 'gone' }
  | { readonly status: 'unchanged'; readonly commit: string }
  | {
      readonly status: 'changed';
      readonly commit: string;
      readonly agents: number;
      readonly written: number;
      readonly vanished: number;
      readonly problems: number;
    }
  | { readonly status: 'failed'; readonly code: string };

/** Network settings for tests; production passes none. */
export const PUBLIC_NETWORK: NetworkOptions = Object.freeze({});

/** Reads one repository and makes the agents in the table what its branch says. */
@Injectable()
export class RepositorySyncService {
  readonly #box: SecretBox;

  constructor(
    private readonly config: GitConfig,
    encryption: EncryptionConfig,
  ) {
    this.#box = new SecretBox(encryption.encryptionKeys);
  }

  /**
   * Runs one sync. What is wrong with a file is recorded with its path; what is wrong with the repository is recorded as a failure, and
   * the agents stay as they were. Idempotent; without new commits nothing is written but that it was looked at.
   * @throws SyncFailedError after recording it, when a later try may succeed; OVERTAKEN, LeaseLostError and the signal's reason unrecorded
   */
  async run(work: SyncWork, network: NetworkOptions = PUBLIC_NETWORK): Promise<SyncOutcome> {
    const row = await findAgentRepository(work.db, work.repositoryId);
    if (row === null) {
      await forgetMirror(this.config, { orgId: work.db.orgId, repositoryId: work.repositoryId }, work.signal);
      return { status: 'gone' };
    }
    await write(work, (tx) => recordSyncStarted(tx, row.uid));
    try {
      return await this.#sync(work, row, network);
    } catch (error) {
      return recordFailure(work, row, error);
    }
  }

  async #sync(work: SyncWork, seen: AgentRepository, network: NetworkOptions): Promise<SyncOutcome> {
    const { url } = this.#sourceOf(seen);
    const owner = { orgId: work.db.orgId, repositoryId: seen.uid };
    return withMirror(this.config, owner, url, network, work.signal, async (closed) => {
      // Read again under the lock: what another sync wrote while this one waited is the state to start from.
      const row = await findAgentRepository(work.db, seen.uid);
      if (row === null) return { status: 'gone' };
      if (!isSameSource(row, seen)) throw overtaken('The repository was changed in the meantime.');
      const source = { ...this.#sourceOf(row), url };
      // For the address that the mirror was opened for, and for no newer one.
      const credential = await openCredential(work.db, this.#box, { id: row.id, gitUrl: url });
      const mirror = { ...closed, remoteCredential: credential?.remote };
      const commit = await recordingUse(work, credential, () => updateMirror(mirror, source));
      const clean = (row.lastSyncStatus === 'in_progress' ? seen : row).lastSyncStatus === 'success';
      if (commit === row.lastSyncCommitHash && clean) {
        await write(work, (tx) => recordUnchanged(tx, row.uid));
        return { status: 'unchanged', commit };
      }
      const known = new Map((await knownAgents(work.db, row.id)).map((agent) => [agent.filePath, agent]));
      const reading = await readCommit(mirror, source, commit, known);
      return apply(work, row, reading, planChanges(row.id, known, reading.agents, reading.lastCommits));
    });
  }

  /** The row as it is now allowed: the rules may have changed since it was written. */
  #sourceOf(row: AgentRepository): Source {
    return {
      url: checkGitUrl(row.gitUrl, this.config.allowedProtocols),
      branch: checkBranch(row.branch),
      directory: checkAgentDirectory(directoryOf(row)),
      base: row.lastSyncCommitHash,
      maxFiles: this.config.maxFiles,
      maxFileBytes: this.config.maxFileBytes,
    };
  }
}

/** Writes that the credential was used once the server has answered, whether it was content or not. */
async function recordingUse<T>(work: SyncWork, credential: OpenCredential | undefined, fetch: () => Promise<T>): Promise<T> {
  if (credential === undefined) return fetch();
  const { id, encryptedToken } = credential.row;
  const recordUse = (): Promise<void> => write(work, (tx) => recordCredentialUse(tx, id, encryptedToken));
  try {
    const result = await fetch();
    await recordUse();
    return result;
  } catch (error) {
    if (error instanceof SyncFailedError && error.code === 'GIT_AUTHENTICATION_FAILED') await recordUse();
    throw error;
  }
}

async function apply(work: SyncWork, row: AgentRepository, reading: Reading, { upserts, vanished }: ReturnType<typeof planChanges>): Promise<SyncOutcome> {
  const { commit, agents, problems } = reading;
  const written = await write(work, async (tx) => {
    const locked = await lockAgentRepository(tx, row.uid);
    if (locked === undefined) return false;
    if (!isSameSource(locked, row)) throw overtaken('The repository was changed in the meantime.');
    if (locked.commit !== row.lastSyncCommitHash) throw overtaken('Another sync of this repository finished in the meantime.');
    await upsertGitAgents(tx, upserts);
    await deactivateGitAgents(tx, vanished);
    await recordSync(tx, row.uid, { status: 'success', errors: recordedProblems(problems), commit });
    return true;
  });
  if (!written) return { status: 'gone' };
  return { status: 'changed', commit, agents: agents.length, written: upserts.length, vanished: vanished.length, problems: problems.length };
}

function overtaken(why: string): SyncFailedError {
  return new SyncFailedError('OVERTAKEN', why);
}

/** A transaction that writes only while this run holds its lease. */
function write<T>(work: SyncWork, change: (tx: Tx) => Promise<T>): Promise<T> {
  return work.db.transaction(async (tx) => {
    await work.assertHeld(tx);
    return change(tx);
  });
}

async function recordFailure(work: SyncWork, row: AgentRepository, error: unknown): Promise<SyncOutcome> {
  if (work.signal.aborted || (error instanceof SyncFailedError && error.code === 'OVERTAKEN')) throw error;
  const failure = asFailure(error);
  work.logger.warn({ repositoryId: row.uid, code: failure.code, err: error }, 'A repository could not be synced');
  await write(work, (tx) => recordSync(tx, row.uid, { status: 'failure', errors: [{ path: null, code: failure.code, message: failure.message }] }));
  if (failure.transient) throw error;
  return { status: 'failed', code: failure.code };
}

function asFailure(error: unknown): SyncFailedError {
  if (error instanceof SyncFailedError) return error;
  if (error instanceof GitUrlRefusedError) return new SyncFailedError('GIT_URL_REFUSED', error.message, error);
  if (error instanceof GitBranchRefusedError) return new SyncFailedError('GIT_BRANCH_REFUSED', error.message, error);
  if (error instanceof AgentDirectoryRefusedError) return new SyncFailedError('AGENT_DIRECTORY_REFUSED', error.message, error);
  return new SyncFailedError('INTERNAL_ERROR', 'The sync failed on our side and is tried again.', error);
}
