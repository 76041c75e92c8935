import { SetMetadata } from '@nestjs/common';
import type { PermissionKey } from '#database';

export const REQUIRED_ACCESS = 'plinth:required-access';

/** What a handler asks of its caller; a handler without any of these, and not `@Public()`, does not start. */
export type RequiredAccess =
  | { readonly kind: 'permission'; readonly permission: PermissionKey }
  | { readonly kind: 'signed-in' }
  | { readonly kind: 'system-admin' };

/** Only for callers whose role, own permissions or API key's scopes hold the permission in the organization. */
export const RequirePermission = (permission: PermissionKey): ClassDecorator & MethodDecorator =>
  SetMetadata(REQUIRED_ACCESS, { kind: 'permission', permission } satisfies RequiredAccess);

/** For every person who is signed in, whatever their role: what concerns nobody but the caller. API keys are refused. */
export const SignedIn = (): ClassDecorator & MethodDecorator => SetMetadata(REQUIRED_ACCESS, { kind: 'signed-in' } satisfies RequiredAccess);

/** Only for SYSTEM_ADMIN, with the reason in `X-Plinth-Reason`, which is kept. */
export const RequireSystemAdmin = (): ClassDecorator & MethodDecorator =>
  SetMetadata(REQUIRED_ACCESS, { kind: 'system-admin' } satisfies RequiredAccess);
