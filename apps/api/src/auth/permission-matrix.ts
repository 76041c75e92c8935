import { MEMBER_ROLES, PERMISSIONS, type MemberRole } from '#database';
import type { OpenAPIObject } from '@nestjs/swagger';
import { ACCESS_EXTENSION, PERMISSION_EXTENSION } from './require-permission.decorator.js';

/** A route of the document, and what it asks of its caller. */
export interface RouteAccess {
  readonly method: string;
  readonly path: string;
  readonly access: 'public' | 'permission' | 'signed-in' | 'any-credential' | 'system-admin';
  /** Only where the access is `permission`. */
  readonly permission: string | null;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
const KINDS = ['permission', 'signed-in', 'any-credential', 'system-admin'] as const;

/** Every route of an OpenAPI document with what it asks of its caller, by path. */
export function routeAccesses(document: OpenAPIObject): RouteAccess[] {
  const routes = Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method): RouteAccess[] => {
      const operation: Readonly<Record<string, unknown>> | undefined = item[method] === undefined ? undefined : { ...item[method] };
      if (operation === undefined) return [];
      const access = KINDS.find((kind) => kind === operation[ACCESS_EXTENSION]) ?? 'public';
      const permission = operation[PERMISSION_EXTENSION];
      return [{ method: method.toUpperCase(), path, access, permission: typeof permission === 'string' ? permission : null }];
    }),
  );
  return routes.sort((one, other) => one.path.localeCompare(other.path, 'en') || METHODS.indexOf(verb(one)) - METHODS.indexOf(verb(other)));
}

function verb({ method }: RouteAccess): (typeof METHODS)[number] {
  return METHODS.find((known) => known === method.toLowerCase()) ?? 'get';
}

/** Who may do what, in Markdown: what each role holds, and what each route of the document asks. */
export function permissionMatrix(document: OpenAPIObject): string {
  const routes = routeAccesses(document);
  return [
    '# Who may do what',
    '',
    'Written by `npm run permissions:docs` from the table of permissions and from what each route declares; a test holds it current,',
    'and another calls every route as everybody below.',
    '',
    'A member may do what their role holds, and what was given to them beside it. An API key may do what its scopes name, and',
    'nothing else: it has no role. What changes (a role, a membership, a session, a key, an organization) takes effect everywhere within',
    '5 seconds. A route that declares nothing keeps the API from starting.',
    '',
    '## What a role holds',
    '',
    row(['permission', ...MEMBER_ROLES, 'what it allows']),
    row(['---', ...MEMBER_ROLES.map(() => ':-:'), '---']),
    ...PERMISSIONS.map(({ key, from, description }) => row([`\`${key}\``, ...MEMBER_ROLES.map((role) => cell(holds(role, from))), description])),
    '',
    '## What a route asks',
    '',
    row(['route', 'asks', ...MEMBER_ROLES, 'API key']),
    row(['---', '---', ...MEMBER_ROLES.map(() => ':-:'), ':-:']),
    ...routes.map((route) => row([`\`${route.method} ${route.path}\``, asks(route), ...MEMBER_ROLES.map((role) => cell(mayCall(role, route))), ofKey(route)])),
    '',
    'Who runs the platform has the system role SYSTEM_ADMIN, which is no role in an organization. These routes also need the reason in',
    'the header `X-Plinth-Reason`, which is kept.',
    '',
  ].join('\n');
}

/** Whether a role reaches the route. */
function mayCall(role: MemberRole, { access, permission }: RouteAccess): boolean {
  if (access === 'permission') return PERMISSIONS.some(({ key, from }) => key === permission && holds(role, from));
  return access !== 'system-admin';
}

/** Roles are ordered, the strongest first. */
function holds(role: MemberRole, from: MemberRole): boolean {
  return MEMBER_ROLES.indexOf(role) <= MEMBER_ROLES.indexOf(from);
}

function asks({ access, permission }: RouteAccess): string {
  const words = {
    public: 'nothing',
    'signed-in': 'a person signed in',
    'any-credential': 'a person signed in, or an API key',
    'system-admin': 'who runs the platform',
    permission: `\`${permission ?? ''}\``,
  };
  return words[access];
}

function ofKey({ access }: RouteAccess): string {
  if (access === 'permission') return 'with the scope';
  return cell(access === 'public' || access === 'any-credential');
}

const cell = (yes: boolean): string => (yes ? 'yes' : '–');
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
