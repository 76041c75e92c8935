import { prepareValues, statementName } from './driver/one-sync.js';
import type { WireStatement } from './driver/wire.js';
import type { ActorType } from './context.js';

/** Limits that entering sets for its transaction, in milliseconds; 0 means no limit. */
export interface Timeouts {
  readonly statementMs: number;
  readonly lockMs: number;
  readonly idleInTransactionMs: number;
}

/** Whose data a connection reaches, and who is at work. */
export interface TenantIdentity {
  readonly orgId: string;
  readonly actorType: ActorType;
  readonly actorId: string | null;
  readonly requestId: string | null;
}

function call(text: string): (values: readonly unknown[]) => WireStatement {
  const name = statementName(text);
  return (values) => ({ text, name, values: prepareValues(values), discardRows: true });
}

const tenant = call('select app.enter_tenant($1::uuid, $2::text, $3::uuid, $4::text, $5::int, $6::int, $7::int)');
const auth = call('select app.enter_auth($1::uuid, $2::text, $3::int, $4::int, $5::int)');
const admin = call('select app.enter_admin($1::text, $2::text, $3::int, $4::int, $5::int)');

/** What entering costs the client is paid once for each request, not for each statement. */
const entered = new WeakMap<Timeouts, WeakMap<TenantIdentity, WireStatement>>();

/** Enters an organization: role, organization, actor and timeouts hold until the end of the transaction it runs in. */
export function enterTenant(identity: TenantIdentity, timeouts: Timeouts): WireStatement {
  let known = entered.get(timeouts);
  if (known === undefined) entered.set(timeouts, (known = new WeakMap()));
  let statement = known.get(identity);
  if (statement === undefined) {
    statement = tenant([identity.orgId, identity.actorType, identity.actorId, identity.requestId, ...limits(timeouts)]);
    known.set(identity, statement);
  }
  return statement;
}

/** Enters the role that works before a tenant is known, for `user` once there is one. */
export function enterAuth(user: string | null, requestId: string | null, timeouts: Timeouts): WireStatement {
  return auth([user, requestId, ...limits(timeouts)]);
}

/** Enters the role that sees every organization, in the name of `actor`. */
export function enterAdmin(actor: string, requestId: string | null, timeouts: Timeouts): WireStatement {
  return admin([actor, requestId, ...limits(timeouts)]);
}

function limits(timeouts: Timeouts): number[] {
  return [timeouts.statementMs, timeouts.lockMs, timeouts.idleInTransactionMs];
}
