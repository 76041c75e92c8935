import { InvalidCursorError, isUuid } from '#database';
import type { PageOf } from '../persistence/page-request.js';

/** The id after which a list goes on, or null for its beginning. @throws InvalidCursorError */
export function idOf(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  const id = Buffer.from(cursor, 'base64url').toString();
  if (!isUuid(id)) throw new InvalidCursorError();
  return id;
}

/** A page of rows that are ordered by id, of which one more was read than the page holds. */
export function pageOf<T extends { readonly id: string }>(rows: readonly T[], limit: number): PageOf<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? Buffer.from(last.id).toString('base64url') : null };
}
