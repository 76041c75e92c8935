import type { AgentRepository, Db, GitCredential } from '#database';
import { EncryptionKeyUnknownError, SecretUnreadableError } from '../encryption/errors.js';
import type { SecretBox } from '../encryption/secret-box.js';
import type { RemoteCredential } from '../git/remote-credential.js';
import { findGitCredential } from '../persistence/git-credentials.js';
import { SyncFailedError } from '../sync/sync-failure.js';
import { usualUsername } from './providers.js';
import { TOKEN_TABLE, tokenContent, type TokenContent } from './token-content.js';

/** The credential of a repository, ready to be sent, with the row it stands in. */
export interface OpenCredential {
  readonly row: GitCredential;
  readonly remote: RemoteCredential;
}

/**
 * The credential of a repository, if it has one and a server is asked at all.
 * @throws SyncFailedError GIT_CREDENTIAL_UNREADABLE, GIT_CREDENTIAL_FOR_OTHER_ADDRESS
 */
export async function openCredential(db: Db, box: SecretBox, { id, gitUrl }: Pick<AgentRepository, 'id' | 'gitUrl'>): Promise<OpenCredential | undefined> {
  if (!/^https?:/.test(gitUrl)) return undefined;
  const row = await findGitCredential(db, id);
  if (row === null) return undefined;
  const { token, address } = opened(box, row);
  if (address !== gitUrl) {
    throw new SyncFailedError(
      'GIT_CREDENTIAL_FOR_OTHER_ADDRESS',
      'The credential was stored for another address of this repository and is not sent to this one. Store it again, or remove it, then sync again.',
    );
  }
  return { row, remote: { origin: new URL(gitUrl).origin, username: row.username ?? usualUsername(row.provider), token } };
}

function opened(box: SecretBox, { encryptedToken, orgId, uid }: GitCredential): TokenContent {
  const place = { table: TOKEN_TABLE, orgId, uid };
  try {
    const content = tokenContent(box.open(encryptedToken, place));
    if (content === undefined) throw new SecretUnreadableError(place);
    return content;
  } catch (error) {
    if (!(error instanceof EncryptionKeyUnknownError) && !(error instanceof SecretUnreadableError)) throw error;
    throw new SyncFailedError('GIT_CREDENTIAL_UNREADABLE', 'The stored credential cannot be decrypted. Store it again, then sync again.', error);
  }
}
