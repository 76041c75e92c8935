import { PlinthError } from '#database';

/** Which stored secret an error is about. Never its content. */
export interface SecretPlace {
  /** The table, without its schema. */
  readonly table: string;
  readonly orgId: string;
  /** The row's public id. */
  readonly uid: string;
}

/** A stored secret was encrypted with a key that is not in ENCRYPTION_KEYS. */
export class EncryptionKeyUnknownError extends PlinthError {
  readonly code = 'ENCRYPTION_KEY_UNKNOWN';
  readonly family = 'operator';
  constructor(keyId: string, { table, uid }: SecretPlace) {
    super(
      `The row ${uid} of ${table} is encrypted with the key "${keyId}", which ENCRYPTION_KEYS does not hold. Put the key back into the list, then run: npm run credentials:rotate`,
      { fields: { keyId, table, uid } },
    );
  }
}

/** A stored secret does not decrypt: it was changed, or comes from another row or organization. */
export class SecretUnreadableError extends PlinthError {
  readonly code = 'SECRET_UNREADABLE';
  readonly family = 'operator';
  constructor({ table, uid }: SecretPlace) {
    super(`The secret in the row ${uid} of ${table} does not decrypt: it was changed, or belongs to another row or organization. Store it again.`, {
      fields: { table, uid },
    });
  }
}
