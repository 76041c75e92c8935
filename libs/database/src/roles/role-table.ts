/** The roles that people and programs log in as. */
export type LoginName = 'app_owner' | 'app_login' | 'app_privileged' | 'app_queue';
/** The roles that are entered, never logged in as (on a cluster `app_tenant` and `app_admin` may log in, see `onCluster`). */
export type EnteredRoleName = 'app_tenant' | 'app_auth' | 'app_admin';
export type RoleName = LoginName | EnteredRoleName;

export interface RoleRow {
  readonly name: RoleName;
  readonly login: boolean;
  /** A sharded database connects to its other machines as the current role, so there this one may log in too. */
  readonly onCluster?: 'login';
  /** The only roles it may become; always by SET ROLE, never by inheriting their rights. */
  readonly memberOf: readonly EnteredRoleName[];
  /** Sees unqualified names in schema `app` only (the owner's tools name schemas themselves). */
  readonly searchPath?: 'app';
  /** Enters by SET LOCAL, which a sharded database then carries to its other machines. */
  readonly enters?: true;
}

/**
 * The roles of the cluster, in the order they are made. All of them are NOINHERIT and have none of SUPERUSER, CREATEROLE,
 * CREATEDB, REPLICATION and BYPASSRLS.
 *
 * No login may become both `app_tenant` and one of `app_auth` and `app_admin`: that would be no boundary.
 */
export const ROLE_TABLE: readonly RoleRow[] = [
  { name: 'app_owner', login: true, memberOf: [] },
  { name: 'app_tenant', login: false, onCluster: 'login', memberOf: [] },
  { name: 'app_auth', login: false, memberOf: [] },
  { name: 'app_admin', login: false, onCluster: 'login', memberOf: [] },
  { name: 'app_login', login: true, memberOf: ['app_tenant'], searchPath: 'app', enters: true },
  { name: 'app_privileged', login: true, memberOf: ['app_auth', 'app_admin'], searchPath: 'app', enters: true },
  { name: 'app_queue', login: true, memberOf: [], searchPath: 'app' },
];

export const LOGIN_NAMES: readonly LoginName[] = ['app_owner', 'app_login', 'app_privileged', 'app_queue'];

export const APP_SCHEMA = 'app';
