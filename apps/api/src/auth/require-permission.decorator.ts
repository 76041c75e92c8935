import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { PermissionKey } from '#database';
import { ApiProblems } from '../http/api-problems.decorator.js';

export const REQUIRED_ACCESS = 'plinth:required-access';

/** What a handler asks of its caller; a handler without any of these, and not `@Public()`, does not start. */
export type RequiredAccess =
  | { readonly kind: 'permission'; readonly permission: PermissionKey }
  | { readonly kind: 'signed-in'; readonly evenSuspended: boolean }
  | { readonly kind: 'any-credential' }
  | { readonly kind: 'system-admin' };

/** The names under which the OpenAPI document says it. */
export const ACCESS_EXTENSION = 'x-required-access';
export const PERMISSION_EXTENSION = 'x-required-permission';

function requires(access: RequiredAccess, forbidden: string): ClassDecorator & MethodDecorator {
  return applyDecorators(
    SetMetadata(REQUIRED_ACCESS, access),
    ApiExtension(ACCESS_EXTENSION, access.kind),
    ApiExtension(PERMISSION_EXTENSION, access.kind === 'permission' ? access.permission : null),
    ApiProblems({ 403: forbidden }),
  );
}

/** Only for callers whose role, own permissions or API key's scopes hold the permission in the organization. */
export const RequirePermission = (permission: PermissionKey): ClassDecorator & MethodDecorator =>
  requires({ kind: 'permission', permission }, `the permission "${permission}" is missing, or the organization is suspended`);

/**
 * For every person who is signed in, whatever their role: what concerns nobody but the caller. API keys are refused.
 * With `evenSuspended` also while the organization of the session is suspended: to see and end sessions, and to go elsewhere.
 */
export const SignedIn = ({ evenSuspended = false }: { readonly evenSuspended?: boolean } = {}): ClassDecorator & MethodDecorator =>
  requires({ kind: 'signed-in', evenSuspended }, `an API key is no person${evenSuspended ? '' : ', or the organization is suspended'}`);

/** For every person and every API key of an active organization. What the caller may do is the handler's to ask: it knows only then what is wanted. */
export const AnyCredential = (): ClassDecorator & MethodDecorator => requires({ kind: 'any-credential' }, 'the organization is suspended');

/** Only for SYSTEM_ADMIN, with the reason in `X-Plinth-Reason`, which is kept. */
export const RequireSystemAdmin = (): ClassDecorator & MethodDecorator => requires({ kind: 'system-admin' }, 'the caller does not run the platform');
