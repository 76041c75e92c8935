import { Injectable } from '@nestjs/common';
import { newId, TenantConnection, writeAudit, type ApiKey, type PermissionKey } from '#database';
import { granterNow } from '../members/granter-now.js';
import { findApiKey, insertApiKey, namesOfMembers, pageOfApiKeys, revokeApiKey } from '../persistence/api-keys.js';
import type { PageOf, PageRequest } from '../persistence/page-request.js';
import { apiKeyText, newSecret, recognisablePart, sha256 } from './api-key-text.js';
import { ApiKeyExpiryPastError, ApiKeyNotFoundError, ScopeNotHeldError } from './errors.js';

/** What is said about a new key. */
export interface NewApiKey {
  /** At most 255 characters; need not be unique. */
  readonly name: string;
  /** What the key may do, none twice. */
  readonly scopes: readonly PermissionKey[];
  /** From then on it is refused; without it, it does not expire. */
  readonly expiresAt?: Date | null;
}

/** An API key as people see it: never with its secret. */
export interface ApiKeyView {
  readonly id: string;
  readonly name: string;
  /** The middle of the key's text, by which it is recognised. */
  readonly prefix: string;
  readonly scopes: readonly string[];
  /** Who made it, even after they left; null where another key did, or once their account is gone. */
  readonly createdBy: string | null;
  /** The name of who made it, as long as they belong to the organization. */
  readonly creatorName: string | null;
  readonly expiresAt: Date | null;
  /** Up to a minute old. */
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
  readonly createdAt: Date;
}

/** A key with its text, which is shown this once. */
export interface CreatedApiKey extends ApiKeyView {
  readonly key: string;
}

/** The API keys of the current organization. They are the organization's: they go on working when their maker has left. */
@Injectable()
export class ApiKeysService {
  constructor(private readonly db: TenantConnection) {}

  /**
   * Makes a key that may do some of what the caller may do. A key outlives its maker's rights, so that these are read anew for it.
   * @throws PermissionDeniedError, SessionEndedError, ApiKeyInvalidError; ScopeNotHeldError, ApiKeyExpiryPastError
   */
  async create({ name, scopes, expiresAt = null }: NewApiKey): Promise<CreatedApiKey> {
    if (expiresAt !== null && expiresAt.getTime() <= Date.now()) throw new ApiKeyExpiryPastError();
    const parts = { orgId: this.db.orgId, keyId: newId(), secret: newSecret() };
    const row = await this.db.transaction(async (tx) => {
      const granter = await granterNow(tx, 'api_key:manage');
      const notHeld = scopes.filter((scope) => !granter.permissions.has(scope));
      if (notHeld.length > 0) throw new ScopeNotHeldError(notHeld);
      const made = await insertApiKey(tx, {
        id: parts.keyId,
        name,
        prefix: recognisablePart(parts.keyId),
        keyHash: sha256(parts.secret).toString('hex'),
        scopes: [...scopes],
        createdBy: granter.userId,
        expiresAt,
      });
      await writeAudit(tx, { action: 'api_key.created', subjectType: 'api_key', subjectId: made.id, changes: { name, scopes, expiresAt } });
      return made;
    });
    return { ...(await this.#view(row)), key: apiKeyText(parts) };
  }

  /** One page of the keys, oldest first, revoked and expired ones too. */
  async list(page: PageRequest = {}): Promise<PageOf<ApiKeyView>> {
    const { items, nextCursor } = await pageOfApiKeys(this.db, page);
    const names = await namesOfMembers(
      this.db,
      items.flatMap(({ createdBy }) => createdBy ?? []),
    );
    return { items: items.map((row) => toView(row, names)), nextCursor };
  }

  /** @throws ApiKeyNotFoundError */
  async get(id: string): Promise<ApiKeyView> {
    const row = await findApiKey(this.db, id);
    if (row === null) throw new ApiKeyNotFoundError(id);
    return this.#view(row);
  }

  /** Ends a key, everywhere within 5 s. Ending it again changes nothing. @throws ApiKeyNotFoundError */
  async revoke(id: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const row = await findApiKey(tx, id);
      if (row === null) throw new ApiKeyNotFoundError(id);
      if (!(await revokeApiKey(tx, id))) return;
      await writeAudit(tx, { action: 'api_key.revoked', subjectType: 'api_key', subjectId: id, changes: { name: row.name } });
    });
  }

  async #view(row: ApiKey): Promise<ApiKeyView> {
    return toView(row, await namesOfMembers(this.db, row.createdBy === null ? [] : [row.createdBy]));
  }
}

function toView(row: ApiKey, names: ReadonlyMap<string, string>): ApiKeyView {
  const { id, name, prefix, scopes, createdBy, expiresAt, lastUsedAt, revokedAt, createdAt } = row;
  return {
    id,
    name,
    prefix,
    scopes,
    createdBy,
    creatorName: createdBy === null ? null : (names.get(createdBy) ?? null),
    expiresAt,
    lastUsedAt,
    revokedAt,
    createdAt,
  };
}
