import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { currentContext } from '#database';
import { Authenticator, OrganizationSuspendedError, PermissionDeniedError, PersonRequiredError, SystemRoles, type Caller } from '#identity';
import { bearerToken } from './bearer-token.js';
import { accessOf } from './declared-access.js';
import { RequestContextMissingError, SystemAdminRequiredError } from './errors.js';
import type { RequiredAccess } from './require-permission.decorator.js';
import { systemReason } from './system-reason.js';

/**
 * The one place that lets somebody in: says who is calling for the rest of the request, and holds that against what the handler
 * declares. A handler that declares nothing lets nobody in.
 */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly systemRoles: SystemRoles,
  ) {}

  /** @throws UnauthenticatedError, what Authenticator throws, PermissionDeniedError, PersonRequiredError, SystemAdminRequiredError, ReasonRequiredError */
  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const access = accessOf(execution.getHandler() as () => unknown, execution.getClass());
    if (access.kind === 'public') return true;
    const context = currentContext();
    if (context === undefined) throw new RequestContextMissingError('context');
    const { headers } = execution.switchToHttp().getRequest<FastifyRequest>();
    const caller = await this.authenticator.identify(bearerToken(headers));
    context.setPrincipal(caller.principal);
    await this.#demand(access, caller);
    if (access.kind === 'system-admin') systemReason(headers);
    return true;
  }

  async #demand(access: RequiredAccess, { principal, isOrganizationActive }: Caller): Promise<void> {
    if (access.kind === 'system-admin') {
      // Also from within a suspended organization: whoever suspends their own must be able to take it back.
      if (principal.userId === null || !(await this.systemRoles.isSystemAdmin(principal.userId))) throw new SystemAdminRequiredError();
      return;
    }
    const isOpen = isOrganizationActive || (access.kind === 'signed-in' && access.evenSuspended);
    if (!isOpen) throw new OrganizationSuspendedError();
    if (access.kind === 'permission') {
      if (!principal.scopes.includes(access.permission)) throw new PermissionDeniedError(access.permission);
    } else if (access.kind === 'signed-in' && principal.userId === null) throw new PersonRequiredError();
  }
}
