import { InvalidSettingError } from './errors.js';

/** A key must have at least this many bytes: 256 bits, what HS256 and AES-256 need. */
export const SMALLEST_KEY_BYTES = 32;

export interface RingKey {
  readonly kid: string;
  readonly bytes: Uint8Array;
}

/**
 * Keys with ids, so that they can be rotated: the first one signs or encrypts, all of them verify or decrypt.
 * The bytes are private: a ring that is logged or serialised shows its ids only.
 */
export class KeyRing {
  readonly #keys: ReadonlyMap<string, RingKey>;
  readonly #current: RingKey;

  /** @throws InvalidSettingError when there is no key, a key is too short, or two have the same id. */
  constructor(keys: readonly RingKey[]) {
    const [current] = keys;
    if (current === undefined) throw new InvalidSettingError('must hold at least one key.');
    const byKid = new Map<string, RingKey>();
    for (const key of keys) {
      if (byKid.has(key.kid)) throw new InvalidSettingError(`names the key id "${key.kid}" twice. Give each key an id of its own.`);
      if (key.bytes.length < SMALLEST_KEY_BYTES) {
        throw new InvalidSettingError(
          `has a key "${key.kid}" of ${key.bytes.length} bytes. At least ${SMALLEST_KEY_BYTES} are needed: openssl rand -base64 32`,
        );
      }
      byKid.set(key.kid, Object.freeze({ kid: key.kid, bytes: key.bytes }));
    }
    this.#keys = byKid;
    this.#current = current;
  }

  /** The key that signs or encrypts from now on: the first of the list. */
  get current(): RingKey {
    return this.#current;
  }

  /** The ids in the order of the list. */
  get kids(): readonly string[] {
    return [...this.#keys.keys()];
  }

  /** The key of an id, or undefined when it was never there or has been rotated out. */
  find(kid: string): RingKey | undefined {
    return this.#keys.get(kid);
  }

  toJSON(): { kids: readonly string[] } {
    return { kids: this.kids };
  }
}

/**
 * A ring from `kid:base64,kid2:base64`. An id has 1 to 64 letters, digits, `_`, `-` or `.`.
 * @throws InvalidSettingError that names the position and never repeats the key.
 */
export function parseKeyRing(text: string): KeyRing {
  const entries = text.split(',').map((entry) => entry.trim());
  return new KeyRing(
    entries.map((entry, index) => {
      const [kid = '', base64 = '', ...rest] = entry.split(':');
      if (!/^[\w.-]{1,64}$/.test(kid) || rest.length > 0) {
        throw new InvalidSettingError(`must be a list of "id:base64" with commas between; entry ${index + 1} is not.`);
      }
      if (base64 === '' || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(base64)) throw new InvalidSettingError(`has a key "${kid}" that is not base64.`);
      return { kid, bytes: new Uint8Array(Buffer.from(base64, 'base64')) };
    }),
  );
}
