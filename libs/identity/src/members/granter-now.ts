import type { Db, PermissionKey } from '#database';
import { SessionEndedError } from '../errors.js';
import { findRights } from '../persistence/members.js';
import { assertHolds, currentGranter, withRights, type Granter } from './granting.js';

/** The caller with the rights that they have at this moment. @throws SessionEndedError for a member no more, PermissionDeniedError */
export async function granterNow(db: Db, permission: PermissionKey): Promise<Granter> {
  const granter = await atThisMoment(db, currentGranter());
  assertHolds(granter, permission);
  return granter;
}

async function atThisMoment(db: Db, caller: Granter): Promise<Granter> {
  if (caller.userId === null) return caller;
  const rights = await findRights(db, caller.userId);
  if (rights === undefined) throw new SessionEndedError();
  return withRights(caller, rights);
}
