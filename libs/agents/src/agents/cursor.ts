import { InvalidCursorError, isUuid } from '#database';

/** Where a list of agents goes on: after the agent with this id. */
export function cursorAt(id: string): string {
  return Buffer.from(id, 'utf8').toString('base64url');
}

/** The id in a cursor. @throws InvalidCursorError */
export function idIn(cursor: string): string {
  const id = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!isUuid(id) || cursorAt(id) !== cursor) throw new InvalidCursorError();
  return id;
}
