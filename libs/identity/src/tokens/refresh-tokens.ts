import { createHash, randomBytes } from 'node:crypto';
import { isUuid } from '#database';

const PREFIX = 'plr_';
const SECRET_BYTES = 32;
const SHAPE = /^plr_([0-9a-f-]{36})\.([A-Za-z0-9_-]{43})$/;

/** What is stored of a refresh token: enough to know it again, not enough to be it. */
export interface RefreshTokenProof {
  /** The id of its row. */
  readonly id: string;
  /** SHA-256 of the whole token, in hexadecimal. Its 256 random bits need no salt and no slow hash. */
  readonly hash: string;
}

/** A new refresh token for the row `id`: `plr_<id>.<256 random bits>`. Nobody but its holder can say it again. */
export function makeRefreshToken(id: string): { readonly token: string; readonly proof: RefreshTokenProof } {
  const token = `${PREFIX}${id}.${randomBytes(SECRET_BYTES).toString('base64url')}`;
  return { token, proof: { id, hash: hashOf(token) } };
}

/** What is to be looked up for a presented token, or nothing where it cannot be one of ours. */
export function readRefreshToken(token: string): RefreshTokenProof | undefined {
  const id = SHAPE.exec(token)?.[1];
  return isUuid(id) ? { id, hash: hashOf(token) } : undefined;
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
