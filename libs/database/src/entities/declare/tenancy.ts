import { UndeclaredTenancyError } from './errors.js';

/** G: global. M: membership. T: belongs to exactly one organization. S: the system's own. */
export type TenancyClass = 'G' | 'M' | 'T' | 'S';

/** The roles that statements run as, besides the owner. */
export const GRANTED_ROLES = ['app_tenant', 'app_auth', 'app_admin', 'app_queue'] as const;
export type GrantedRole = (typeof GRANTED_ROLES)[number];

/**
 * What a role may do with a table. A list names columns. `update: true` means every column that may change at all: never
 * org_id, the primary key, uid, nor what the database sets itself (created_at, updated_at, version); for the tenant role nor created_by
 * and its like, which say who made the row.
 */
export interface TableGrants {
  select?: true | readonly string[];
  insert?: true | readonly string[];
  update?: true | readonly string[];
  delete?: true;
}

export type PolicyCommand = 'all' | 'select' | 'insert' | 'update' | 'delete';

/** A row security policy of an entity's own, in place of the usual one of that role. */
export interface PolicyDeclaration {
  role: GrantedRole;
  command: PolicyCommand;
  using?: string;
  check?: string;
}

export interface TenancyOptions {
  tenant?: TableGrants;
  auth?: TableGrants;
  admin?: TableGrants;
  queue?: TableGrants;
  policies?: readonly PolicyDeclaration[];
}

/** What `@Tenancy` said about an entity, with the defaults of its class filled in. */
export interface TenancyDeclaration {
  readonly tenancyClass: TenancyClass;
  readonly grants: Readonly<Record<GrantedRole, TableGrants>>;
  readonly policies: readonly PolicyDeclaration[];
}

export type EntityTarget = abstract new (...args: never[]) => object;

export const ALL_COMMANDS: TableGrants = { select: true, insert: true, update: true, delete: true };
/** Nothing at all: says on purpose that a role has no business with a table. */
export const NO_COMMANDS: TableGrants = {};

const declarations = new Map<unknown, TenancyDeclaration>();

/**
 * Declares whose rows a table holds; policies and grants follow from it. Without `tenant`, class T gives the tenant role all commands
 * and every other class none; `admin` defaults to all commands; `auth` and `queue` to none.
 */
export function Tenancy(tenancyClass: TenancyClass, options: TenancyOptions = {}): ClassDecorator {
  return (target) => {
    declarations.set(target, {
      tenancyClass,
      grants: {
        app_tenant: options.tenant ?? (tenancyClass === 'T' ? ALL_COMMANDS : NO_COMMANDS),
        app_auth: options.auth ?? NO_COMMANDS,
        app_admin: options.admin ?? ALL_COMMANDS,
        app_queue: options.queue ?? NO_COMMANDS,
      },
      policies: options.policies ?? [],
    });
  };
}

/** The tenancy of an entity. Throws if its class was never declared. */
export function tenancyOf(entity: EntityTarget): TenancyDeclaration {
  const declaration = declarations.get(entity);
  if (declaration === undefined) throw new UndeclaredTenancyError(entity.name);
  return declaration;
}
