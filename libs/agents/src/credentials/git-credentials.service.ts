import { EncryptionConfig, newId, TenantConnection, writeAudit, type GitCredential, type Tx } from '#database';
import { Injectable } from '@nestjs/common';
import { SecretBox } from '../encryption/secret-box.js';
import { AgentRepositoryNotFoundError } from '../errors.js';
import { findAgentRepository } from '../persistence/agent-repositories.js';
import {
  deleteGitCredential,
  findGitCredential,
  insertGitCredential,
  lockRepositoryOfCredential,
  replaceGitCredential,
} from '../persistence/git-credentials.js';
import { checkCredential } from './check-credential.js';
import { GitCredentialNotFoundError } from './errors.js';
import type { GitProvider } from './providers.js';
import { TOKEN_TABLE, tokenText } from './token-content.js';
import { toGitCredentialView, type GitCredentialView } from './views.js';

/** What a client says about a token. */
export interface NewGitCredential {
  readonly provider: GitProvider;
  /** Default: the one that is usual for the provider. */
  readonly username?: string | null;
  readonly token: string;
  /** What the organization calls it. */
  readonly tokenName?: string | null;
  /** When the host stops accepting it. */
  readonly expiresAt?: Date | null;
}

/** The tokens of private repositories: written, replaced and removed, and never read back. Ids are the public ones of repositories. */
@Injectable()
export class GitCredentialsService {
  readonly #box: SecretBox;

  constructor(
    private readonly db: TenantConnection,
    encryption: EncryptionConfig,
  ) {
    this.#box = new SecretBox(encryption.encryptionKeys);
  }

  /**
   * Stores the token of a repository in the place of the one before. It is bound to the repository's address: once that changes, it is
   * sent nowhere until it is stored again.
   * @throws AgentRepositoryNotFoundError, GitCredentialRefusedError
   */
  async put(repositoryId: string, input: NewGitCredential): Promise<GitCredentialView> {
    return this.db.transaction(async (tx) => {
      const repository = await lockRepositoryOfCredential(tx, repositoryId);
      if (repository === undefined) throw new AgentRepositoryNotFoundError(repositoryId);
      checkCredential(repository.gitUrl, { token: input.token, username: input.username ?? null });
      const row = await this.#write(tx, repository.id, repository.gitUrl, input);
      const view = toGitCredentialView(row, repositoryId);
      const { provider, tokenName, expiresAt, keyId } = view;
      await writeAudit(tx, {
        action: 'git_credential.stored',
        subjectType: 'agent_repository',
        subjectId: repositoryId,
        changes: { provider, tokenName, expiresAt, keyId },
      });
      return view;
    });
  }

  /** @throws AgentRepositoryNotFoundError, GitCredentialNotFoundError */
  async get(repositoryId: string): Promise<GitCredentialView> {
    const repository = await findAgentRepository(this.db, repositoryId);
    if (repository === null) throw new AgentRepositoryNotFoundError(repositoryId);
    const row = await findGitCredential(this.db, repository.id);
    if (row === null) throw new GitCredentialNotFoundError(repositoryId);
    return toGitCredentialView(row, repositoryId);
  }

  /** @throws AgentRepositoryNotFoundError, GitCredentialNotFoundError */
  async delete(repositoryId: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const repository = await lockRepositoryOfCredential(tx, repositoryId);
      if (repository === undefined) throw new AgentRepositoryNotFoundError(repositoryId);
      if (!(await deleteGitCredential(tx, repository.id))) throw new GitCredentialNotFoundError(repositoryId);
      await writeAudit(tx, { action: 'git_credential.removed', subjectType: 'agent_repository', subjectId: repositoryId });
    });
  }

  async #write(tx: Tx, repositoryId: string, address: string, input: NewGitCredential): Promise<GitCredential> {
    const known = await findGitCredential(tx, repositoryId);
    const uid = known?.uid ?? newId();
    const encryptedToken = this.#box.seal(tokenText({ token: input.token, address }), { table: TOKEN_TABLE, orgId: tx.orgId, uid });
    const { provider, username = null, tokenName = null, expiresAt = null } = input;
    const values = { provider, username, encryptedToken, tokenName, expiresAt };
    const replaced = known === null ? undefined : await replaceGitCredential(tx, known.id, values);
    return replaced ?? (await insertGitCredential(tx, repositoryId, uid, values));
  }
}
