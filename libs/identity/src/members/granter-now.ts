import type { Db, PermissionKey, Tx } from '#database';
import { ApiKeyInvalidError } from '../api-keys/errors.js';
import { SessionEndedError } from '../errors.js';
import { findUsableScopes } from '../persistence/api-keys.js';
import { findRights, holdRights } from '../persistence/members.js';
import { assertHolds, currentGranter, withRights, withScopes, type Granter, type Rights } from './granting.js';

/** The caller with the rights that they have at this moment. @throws SessionEndedError for a member no more, ApiKeyInvalidError, PermissionDeniedError */
export async function granterNow(db: Db, permission: PermissionKey): Promise<Granter> {
  const caller = currentGranter();
  const granter = caller.userId === null ? await keyNow(db, caller) : memberWith(caller, await findRights(db, caller.userId));
  assertHolds(granter, permission);
  return granter;
}

/** The same, where a member's rights stay as they are until `tx` ends: for what is taken back together with them. */
export async function granterHeld(tx: Tx, permission: PermissionKey): Promise<Granter> {
  const caller = currentGranter();
  const granter = caller.userId === null ? await keyNow(tx, caller) : memberWith(caller, await holdRights(tx, caller.userId));
  assertHolds(granter, permission);
  return granter;
}

/** An API key with the rights that it has at this moment. @throws ApiKeyInvalidError once it was revoked or has expired */
export async function keyNow(db: Db, caller: Granter): Promise<Granter> {
  const scopes = caller.keyId === null ? undefined : await findUsableScopes(db, caller.keyId);
  if (scopes === undefined) throw new ApiKeyInvalidError();
  return withScopes(caller, scopes);
}

function memberWith(caller: Granter, rights: Rights | undefined): Granter {
  if (rights === undefined) throw new SessionEndedError();
  return withRights(caller, rights);
}
