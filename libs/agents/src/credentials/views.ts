import type { GitCredential } from '#database';
import { keyIdOf } from '../encryption/secret-box.js';

const DAY_MS = 86_400_000;
const WARNING_DAYS = 14;

/** `EXPIRES_SOON`: within 14 days. */
export type ExpiryWarning = 'EXPIRES_SOON' | 'EXPIRED';

/** A credential as clients see it: everything but the token. */
export interface GitCredentialView {
  /** Public id of the repository it opens. */
  readonly repositoryId: string;
  readonly provider: string;
  /** null: the one that is usual for the provider. */
  readonly username: string | null;
  readonly tokenName: string | null;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  /** The key it is encrypted with; null where the stored text is none of ours. */
  readonly keyId: string | null;
  /** null: it has no known end, or not within 14 days. */
  readonly warning: ExpiryWarning | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What a client sees of a credential's row. */
export function toGitCredentialView(row: GitCredential, repositoryId: string, now = new Date()): GitCredentialView {
  return {
    repositoryId,
    provider: row.provider,
    username: row.username,
    tokenName: row.tokenName,
    expiresAt: row.expiresAt,
    lastUsedAt: row.lastUsedAt,
    keyId: keyIdOf(row.encryptedToken) ?? null,
    warning: expiryWarning(row.expiresAt, now),
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

/** What a person should know of a token's end. */
export function expiryWarning(expiresAt: Date | null, now: Date): ExpiryWarning | null {
  if (expiresAt === null) return null;
  const left = expiresAt.getTime() - now.getTime();
  if (left <= 0) return 'EXPIRED';
  return left <= WARNING_DAYS * DAY_MS ? 'EXPIRES_SOON' : null;
}
