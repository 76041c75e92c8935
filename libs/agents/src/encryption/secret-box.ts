import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { KeyRing, RingKey } from '#database';
import { formatCiphertext, NONCE_BYTES, parseCiphertext, TAG_BYTES } from './ciphertext.js';
import { EncryptionKeyUnknownError, SecretUnreadableError, type SecretPlace } from './errors.js';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
/** Keeps the derived keys apart from whatever else the ring may be used for. */
const PURPOSE = 'plinth stored secret v1';

/**
 * Encrypts secrets so that they can be read again, by AES-256-GCM with a random nonce of 96 bits. What is sealed for one row opens at
 * that row only: table, organization and row are authenticated with it.
 */
export class SecretBox {
  readonly #ring: KeyRing;

  constructor(ring: KeyRing) {
    this.#ring = ring;
  }

  /** The id of the key that seals. */
  get currentKeyId(): string {
    return this.#ring.current.kid;
  }

  /** The text to store at `place`. */
  seal(secret: string, place: SecretPlace): string {
    const key = this.#ring.current;
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, derived(key), nonce, { authTagLength: TAG_BYTES }).setAAD(additionalData(place));
    const content = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return formatCiphertext({ keyId: key.kid, nonce, content, tag: cipher.getAuthTag() });
  }

  /** The secret stored at `place`. @throws EncryptionKeyUnknownError, SecretUnreadableError; neither repeats the text */
  open(stored: string, place: SecretPlace): string {
    const parts = parseCiphertext(stored);
    if (parts === undefined) throw new SecretUnreadableError(place);
    const key = this.#ring.find(parts.keyId);
    if (key === undefined) throw new EncryptionKeyUnknownError(parts.keyId, place);
    const decipher = createDecipheriv(ALGORITHM, derived(key), parts.nonce, { authTagLength: TAG_BYTES }).setAAD(additionalData(place));
    decipher.setAuthTag(parts.tag);
    try {
      return Buffer.concat([decipher.update(parts.content), decipher.final()]).toString('utf8');
    } catch {
      throw new SecretUnreadableError(place);
    }
  }
}

/** The id of the key that a stored secret was sealed with; undefined where the text is none of ours. */
export function keyIdOf(stored: string): string | undefined {
  return parseCiphertext(stored)?.keyId;
}

/** A key of the ring has at least 32 bytes, the cipher takes exactly 32. */
function derived({ bytes }: RingKey): Buffer {
  return Buffer.from(hkdfSync('sha256', bytes, new Uint8Array(), PURPOSE, KEY_BYTES));
}

function additionalData({ table, orgId, uid }: SecretPlace): Buffer {
  return Buffer.from(JSON.stringify([table, orgId.toLowerCase(), uid.toLowerCase()]), 'utf8');
}
