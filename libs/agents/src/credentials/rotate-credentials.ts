import type { Sql, UnrestrictedConnection } from '#database';
import { EncryptionKeyUnknownError, SecretUnreadableError } from '../encryption/errors.js';
import type { SecretBox } from '../encryption/secret-box.js';
import { countTokensByKey, replaceToken, tokensAfter, type StoredToken } from '../persistence/git-credentials.js';
import { TOKEN_TABLE } from './token-content.js';

const USUAL_BATCH = 200;

export interface RotationOptions {
  /** Who runs it, for `unrestricted_access`. */
  readonly actor: string;
  /** Decrypts every token and changes none. */
  readonly dryRun?: boolean;
  /** Tokens of one transaction. Default 200. */
  readonly batchSize?: number;
  /** Called after each batch with what was done so far. */
  readonly onProgress?: (progress: { readonly seen: number; readonly total: number }) => void;
}

/** A token that could not be decrypted: which row, and why. */
export interface UnreadableToken {
  readonly uid: string;
  readonly code: string;
  readonly message: string;
}

export interface RotationReport {
  /** The key that encrypts. */
  readonly currentKeyId: string;
  /** Tokens that this run encrypted anew. */
  readonly reencrypted: number;
  /** Tokens that somebody stored anew while this ran: they stay as they are. */
  readonly changedMeanwhile: number;
  readonly unreadable: readonly UnreadableToken[];
  /** How many tokens each key encrypts now; null: texts that are none of ours. */
  readonly keys: readonly { readonly keyId: string | null; readonly tokens: number }[];
}

interface Tally {
  seen: number;
  reencrypted: number;
  changedMeanwhile: number;
  readonly unreadable: UnreadableToken[];
}

/**
 * Encrypts with the current key what an older one encrypted, in all organizations, a batch a transaction: a run that is broken off has
 * done what it has done, and the next goes on with the rest. Services may go on: a token that changed meanwhile is left alone.
 */
export async function rotateCredentials(unrestricted: UnrestrictedConnection, box: SecretBox, options: RotationOptions): Promise<RotationReport> {
  const { actor, dryRun = false, batchSize = USUAL_BATCH, onProgress } = options;
  const use = { actor, reason: dryRun ? 'check that stored Git tokens can be decrypted' : 'encrypt stored Git tokens with the current key' };
  const except = dryRun ? null : box.currentKeyId;
  const tally: Tally = { seen: 0, reencrypted: 0, changedMeanwhile: 0, unreadable: [] };
  const counted = await unrestricted.run(use, countTokensByKey);
  const total = counted.reduce((sum, { keyId, count }) => sum + (keyId !== null && keyId === except ? 0 : count), 0);
  let batch: StoredToken[];
  let last: StoredToken | undefined;
  do {
    batch = await unrestricted.run(use, (sql) => handleBatch(sql, box, { after: last, except, limit: batchSize, dryRun, tally }));
    last = batch.at(-1);
    onProgress?.({ seen: tally.seen, total });
  } while (batch.length === batchSize);
  const keys = (await unrestricted.run(use, countTokensByKey)).map(({ keyId, count }) => ({ keyId, tokens: count }));
  const { reencrypted, changedMeanwhile, unreadable } = tally;
  return { currentKeyId: box.currentKeyId, reencrypted, changedMeanwhile, unreadable, keys };
}

interface Batch {
  readonly after: StoredToken | undefined;
  readonly except: string | null;
  readonly limit: number;
  readonly dryRun: boolean;
  readonly tally: Tally;
}

async function handleBatch(sql: Sql, box: SecretBox, { after, except, limit, dryRun, tally }: Batch): Promise<StoredToken[]> {
  const rows = await tokensAfter(sql, after, except, limit);
  for (const row of rows) {
    tally.seen += 1;
    const place = { table: TOKEN_TABLE, orgId: row.orgId, uid: row.uid };
    const content = readable(() => box.open(row.encryptedToken, place), row.uid, tally);
    if (content === undefined || dryRun) continue;
    if (await replaceToken(sql, row, box.seal(content, place))) tally.reencrypted += 1;
    else tally.changedMeanwhile += 1;
  }
  return rows;
}

function readable(open: () => string, uid: string, tally: Tally): string | undefined {
  try {
    return open();
  } catch (error) {
    if (!(error instanceof EncryptionKeyUnknownError) && !(error instanceof SecretUnreadableError)) throw error;
    tally.unreadable.push({ uid, code: error.code, message: error.message });
    return undefined;
  }
}
