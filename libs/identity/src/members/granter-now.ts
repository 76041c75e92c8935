import type { Db } from '#database';
import { SessionEndedError } from '../errors.js';
import { findRole } from '../persistence/members.js';
import { currentGranter, withRole, type Granter } from './granting.js';

/** The caller with the role that they have at this moment. @throws SessionEndedError where they no longer belong to the organization */
export async function granterNow(db: Db): Promise<Granter> {
  const granter = currentGranter();
  if (granter.userId === null) return granter;
  const role = await findRole(db, granter.userId);
  if (role === undefined) throw new SessionEndedError();
  return withRole(granter, role);
}
