import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, type PermissionKey } from '#database';
import { ACCESS_CACHE_SECONDS } from '../access/access-states.js';
import type { Caller } from '../access/caller.js';
import { isPermission } from '../access/permissions.js';
import { ShortCache } from '../access/short-cache.js';
import { findPresentedKey } from '../persistence/api-keys.js';
import { parseApiKey, sha256, type ApiKeyParts } from './api-key-text.js';
import { ApiKeyUses } from './api-key-uses.js';
import { ApiKeyInvalidError } from './errors.js';

const MOST_KEYS = 20_000;
/** What a secret is compared with where there is no key. */
const NOBODYS_HASH = Buffer.alloc(32);

interface VerifiedKey {
  readonly scopes: readonly PermissionKey[];
  readonly isOrganizationActive: boolean;
}

/** Tells whose API key is presented. What it answers is at most {@link ACCESS_CACHE_SECONDS} old. */
@Injectable()
export class ApiKeyVerifier {
  /** By the hash of what was presented, so that no secret is kept. */
  readonly #verified = new ShortCache<VerifiedKey | undefined>(MOST_KEYS, ACCESS_CACHE_SECONDS * 1000);

  constructor(
    private readonly database: Database,
    private readonly uses: ApiKeyUses,
  ) {}

  /** Who presents the key. @throws ApiKeyInvalidError */
  async verify(text: string): Promise<Caller> {
    const parts = parseApiKey(text);
    if (parts === undefined) throw new ApiKeyInvalidError();
    const key = await this.#verified.of(sha256(text).toString('base64'), () => this.#read(parts));
    if (key === undefined) throw new ApiKeyInvalidError();
    const { orgId, keyId } = parts;
    this.uses.note(orgId, keyId);
    const { scopes, isOrganizationActive } = key;
    return { principal: { userId: null, orgId, actorType: 'API_KEY', actorId: keyId, role: null, scopes }, isOrganizationActive };
  }

  /** One statement and one comparison, whatever is wrong with the key. */
  async #read({ orgId, keyId, secret }: ApiKeyParts): Promise<VerifiedKey | undefined> {
    const row = await findPresentedKey(this.database.tenant(orgId, { actorType: 'API_KEY', actorId: keyId }), keyId);
    const expected = row === undefined ? NOBODYS_HASH : Buffer.from(row.key_hash, 'hex');
    const matches = expected.length === NOBODYS_HASH.length && timingSafeEqual(sha256(secret), expected);
    if (row === undefined || !matches || !row.is_usable) return undefined;
    return { scopes: row.scopes.filter(isPermission), isOrganizationActive: row.status === 'ACTIVE' };
  }
}
