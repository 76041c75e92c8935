import { isUuid } from '../ids.js';
import { currentContext, type RequestContext } from './context.js';
import type { TenantIdentity } from './entering.js';
import { InvalidOrganizationIdError, NoTenantError } from './errors.js';

/** Says whose connection it is, at the moment a statement is sent, and which unit of work it belongs to. */
export interface TenantSource {
  identity(): TenantIdentity;
  /** The request, the job or the connection itself: at most one transaction of it runs at a time. */
  unit(): object;
}

/** The identity of a context, which does not change once its principal is set. */
const identities = new WeakMap<RequestContext, TenantIdentity>();

/** The tenant of the running request or job. */
export const contextSource: TenantSource = {
  identity(): TenantIdentity {
    const context = currentContext();
    if (context === undefined) throw new NoTenantError('this code runs outside any request or job');
    const { principal } = context;
    if (principal === undefined) throw new NoTenantError('nobody has been authenticated yet');
    if (principal.orgId === null) throw new NoTenantError('the caller has not chosen an organization');
    let identity = identities.get(context);
    if (identity === undefined) identities.set(context, (identity = identityOf(principal.orgId, { ...principal, requestId: context.requestId })));
    return identity;
  },
  unit(): object {
    const context = currentContext();
    if (context === undefined) throw new NoTenantError('this code runs outside any request or job');
    return context;
  },
};

/** A tenant that does not change. @throws InvalidOrganizationIdError */
export function fixedSource(orgId: string, actor: Partial<Omit<TenantIdentity, 'orgId'>>): TenantSource {
  const identity = identityOf(orgId, actor);
  const unit = {};
  return { identity: () => identity, unit: () => unit };
}

function identityOf(orgId: string, actor: Partial<Omit<TenantIdentity, 'orgId'>>): TenantIdentity {
  if (!isUuid(orgId)) throw new InvalidOrganizationIdError(orgId);
  const { actorType = 'SYSTEM', actorId = null, requestId = null } = actor;
  return Object.freeze({ orgId, actorType, actorId, requestId });
}
