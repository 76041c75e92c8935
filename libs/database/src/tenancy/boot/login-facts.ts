import type { Queryable } from './queryable.js';

/** A role that the login is, or can come to act as. */
export interface ReachableRole {
  readonly name: string;
  readonly superuser: boolean;
  readonly bypassrls: boolean;
  readonly createrole: boolean;
  readonly replication: boolean;
  /** The login has this role's rights without doing anything. */
  readonly inherited: boolean;
  /** The login can SET ROLE to it. */
  readonly settable: boolean;
}

/** One grant of a role to a role. */
export interface Membership {
  readonly role: string;
  readonly member: string;
  readonly grantor: string;
  readonly admin: boolean;
  /** True before PostgreSQL 16, where only the member's own attribute decides. */
  readonly inherit: boolean;
}

export interface OwnedObject {
  readonly owner: string;
  /** As ALTER spells it: TABLE, SCHEMA, FUNCTION … */
  readonly type: string;
  readonly identity: string;
}

export interface LoginFacts {
  readonly major: number;
  readonly login: string;
  /** The login itself and everything it is a member of, directly or not. */
  readonly reachable: readonly ReachableRole[];
  /** The grants that lead from the login to those. */
  readonly memberships: readonly Membership[];
  /** What the login and the roles it may become own in this database, a few of them. */
  readonly owned: readonly OwnedObject[];
  /** Tables of schema `app` that the login can touch as it is. */
  readonly tables: readonly string[];
}

const FACTS = `
with me as (select oid, rolname from pg_catalog.pg_roles where rolname = session_user),
version as (select current_setting('server_version_num')::int / 10000 as major),
reachable as (
  select r.oid, r.rolname, r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolreplication,
    pg_has_role(me.oid, r.oid, 'USAGE') as inherited,
    pg_has_role(me.oid, r.oid, case when version.major >= 16 then 'SET' else 'MEMBER' end) as settable
  from pg_catalog.pg_roles r, me, version where pg_has_role(me.oid, r.oid, 'MEMBER')
),
memberships as (
  select pg_get_userbyid(m.roleid) as role, pg_get_userbyid(m.member) as member,
    pg_get_userbyid(m.grantor) as grantor, m.admin_option as admin,
    coalesce((to_jsonb(m) ->> 'inherit_option')::boolean, true) as inherit
  from pg_catalog.pg_auth_members m where m.member in (select oid from reachable)
),
owned as (
  select pg_get_userbyid(d.refobjid) as owner, upper(i.type) as type, i.identity
  from pg_catalog.pg_shdepend d
  cross join lateral pg_identify_object(d.classid, d.objid, 0) i
  where d.deptype = 'o' and d.classid <> 'pg_catalog.pg_default_acl'::regclass and d.refclassid = 'pg_catalog.pg_authid'::regclass and d.refobjid in (
      select oid from reachable where rolname = session_user or rolname::text = any ($1::text[])
    ) and (d.dbid = (select oid from pg_catalog.pg_database where datname = current_database())
      or d.classid = 'pg_catalog.pg_database'::regclass and d.objid = (select oid from pg_catalog.pg_database where datname = current_database()))
  order by 1, 2, 3 limit 20
),
touchable as (
  select c.relname from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace, me
  where n.nspname = 'app' and c.relkind in ('r', 'p', 'v', 'm', 'f')
    and (has_table_privilege(me.oid, c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
      or has_any_column_privilege(me.oid, c.oid, 'SELECT, INSERT, UPDATE, REFERENCES'))
)
select version.major, me.rolname as login,
  (select coalesce(jsonb_agg(jsonb_build_object('name', rolname, 'superuser', rolsuper, 'bypassrls', rolbypassrls,
    'createrole', rolcreaterole, 'replication', rolreplication, 'inherited', inherited, 'settable', settable) order by rolname), '[]') from reachable) as reachable,
  (select coalesce(jsonb_agg(to_jsonb(memberships) order by role, member, grantor), '[]') from memberships) as memberships,
  (select coalesce(jsonb_agg(to_jsonb(owned)), '[]') from owned) as owned,
  (select coalesce(jsonb_agg(relname order by relname), '[]') from touchable) as tables
from me, version`;

/** Asks PostgreSQL what the role that logged in can do, in one statement. Read from `session_user`, whatever role is set. */
export async function readLoginFacts(client: Queryable, mayBecome: readonly string[]): Promise<LoginFacts> {
  const { rows } = await client.query<LoginFacts>(FACTS, [mayBecome]);
  const facts = rows[0];
  if (!facts) throw new TypeError('PostgreSQL did not say who is logged in');
  return facts;
}
