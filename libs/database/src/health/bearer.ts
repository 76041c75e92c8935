import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether an Authorization header carries `token` as its bearer. Takes as long for a near miss as for any other, whatever the lengths. */
export function carriesToken(authorization: string | undefined, token: string): boolean {
  const presented = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
  return timingSafeEqual(digest(presented ?? ''), digest(token)) && presented !== undefined;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
