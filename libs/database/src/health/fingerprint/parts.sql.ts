import { ROLE_TABLE } from '../../roles/role-table.js';
import type { Part } from './parts.js';

/*
 * Rules of all of it. Names, never oids: a dump and restore, or another database, must give the same. Nothing here reads a table of
 * ours, so that the weakest login can ask. An expression without a column is rendered without its table (0 in pg_get_expr): that is
 * quicker, and waits for nobody's lock. Lists are sorted: the order in which things were made says nothing.
 */

const MAY_LOG_IN_ON_CLUSTERS = ROLE_TABLE.filter((row) => row.onCluster === 'login').map(({ name }) => `'${name}'`);
const OURS = ROLE_TABLE.map(({ name }) => name).join();
const ENTERED = 'app\\.(current_org_id|actor_type|actor_id|actor_name|request_id)';
/** Settings that decide whose rows or which objects a session sees. All others are tuning, which is the operator's. */
const SEEING = `(${ENTERED}|search_path|role|session_authorization|row_security|session_replication_role)`;

/** The rights of an object, one line each; `acl` may be null, which means the default. PostgreSQL 17 gave owners one right more: MAINTAIN. */
const rights = (acl: string, kind: string, owner: string): string => `unnest(coalesce(${acl}, acldefault(${kind}, ${owner}))) item`;
const RIGHT = "replace(item::text, 'app_owner=arwdDxtm/', 'app_owner=arwdDxt/')";
const sorted = (text: string, separator = ','): string => `string_agg(${text}, '${separator}' order by ${text} collate "C")`;
const listOf = (text: string, from: string): string => `(select ${sorted('l.line')} from (select ${text} as line from ${from}) l)`;

/** Until 16, whether a member inherits is the member's own attribute, and SET goes without saying. */
const membership = (member: string): string =>
  `bool_or(m.admin_option), bool_or(coalesce((to_json(m) ->> 'inherit_option')::boolean, ${member}.inherit)), bool_or(coalesce((to_json(m) ->> 'set_option')::boolean, true))`;

const expression = (tree: string, table: string): string => `pg_get_expr(${tree}, case when ${tree}::text like '%{VAR %' then ${table} else 0 end)`;

/** What the parts select from. Materialized: each is read once. */
export const SOURCES = `ns as materialized (
  select n.oid, n.nspname as name, n.nspowner as owner, n.nspacl as acl from pg_namespace n where n.nspname = 'app'
), role as materialized (
  select r.oid, r.rolname as name, r.rolinherit as inherit, r.rolname = any ('{${OURS}}'::name[]) as ours, r.rolsuper or r.rolcreaterole as manages,
    concat_ws(' ', r.rolsuper, r.rolinherit, r.rolcreaterole, r.rolcreatedb, r.rolreplication, r.rolbypassrls,
      case when r.rolname not in (${MAY_LOG_IN_ON_CLUSTERS.join(', ')}) then r.rolcanlogin end) as attributes
  from pg_roles r
), belongs as materialized (
  select d.classid as class, d.objid as oid from ns join pg_depend d on d.refclassid = 'pg_namespace'::regclass and d.refobjid = ns.oid
  where d.objid not in (select e.objid from pg_depend e where e.refclassid = 'pg_extension'::regclass and e.deptype = 'e')
), rel as materialized (
  select c.oid, c.relname as name, c.relkind as kind, c.relowner as owner, c.relacl as acl, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
    c.relpersistence as persistence, c.reloptions as options
  from belongs b join pg_class c on c.oid = b.oid where b.class = 'pg_class'::regclass and c.relkind in ('r', 'p', 'f', 'v', 'm', 'S')
), col as materialized (
  select r.oid as rel, r.name as table, r.kind, a.attnum as num, a.attname as name, a.atttypid as type, a.atttypmod as modifier, a.attnotnull as required,
    a.attidentity as identity, a.attgenerated as generated, a.attstorage as storage, a.attcompression as compression, a.attcollation as coll,
    a.atthasdef as filled, a.attacl as acl, a.attisdropped as gone
  from rel r join pg_attribute a on a.attrelid = r.oid and a.attnum > 0
), con as materialized (
  select r.name as table, k.conindid as index, k.contype as type, k.conname || ' ' || pg_get_constraintdef(k.oid) as text
  from rel r join pg_constraint k on k.conrelid = r.oid where k.contype <> 'n' or not k.convalidated
), names as materialized (
  select c.rel, c.table, array_agg(c.name order by c.num) as list from col c group by c.rel, c.table
)`;

const POLICY = `select r.name || '.' || p.polname, concat_ws(' ', p.polcmd, p.polpermissive,
    case when cardinality(p.polroles) = 1 then p.polroles[1]::regrole::text else ${listOf('o::regrole::text', 'unnest(p.polroles) o')} end,
    'using ' || ${expression('p.polqual', 'p.polrelid')}, 'check ' || ${expression('p.polwithcheck', 'p.polrelid')})
  from rel r join pg_policy p on p.polrelid = r.oid`;

const GRANTS = `select g.name, ${sorted('g.line')} from (
    select r.name, ${RIGHT} from rel r cross join lateral ${rights('r.acl', `case r.kind when 'S' then 's' else 'r' end::"char"`, 'r.owner')}
    union all
    select c.table, c.name || ' ' || item::text from col c cross join lateral unnest(c.acl) item where c.acl is not null and not c.gone
  ) g (name, line) group by g.name`;

/** Triggers that PostgreSQL made for a foreign key are named after oids, and count only where somebody disabled one. */
const TRIGGERS = `select r.name, (select ${sorted('t.line', ';')} from (
      select case when g.tgisinternal then concat_ws(' ', (select k.conname from pg_constraint k where k.oid = g.tgconstraint), g.tgfoid::regproc)
        else pg_get_triggerdef(g.oid) end || ' ' || g.tgenabled::text as line
      from pg_trigger g where g.tgrelid = r.oid and (not g.tgisinternal or g.tgenabled <> 'O')
      union all
      select pg_get_ruledef(w.oid) || ' ' || w.ev_enabled::text from pg_rewrite w where w.ev_class = r.oid and w.rulename <> '_RETURN'
    ) t) from rel r where r.kind in ('r', 'p', 'f', 'v')`;

const FUNCTION = `select p.proname || '(' || oidvectortypes(p.proargtypes) || ')', concat_ws(' ', p.prokind, l.lanname, p.prosecdef, p.provolatile,
    p.proparallel, p.proleakproof, p.proisstrict, p.proretset, p.prosupport, p.proconfig, p.probin, pg_get_userbyid(p.proowner),
    ${listOf('item::text', rights('p.proacl', `'f'`, 'p.proowner'))},
    pg_get_function_arguments(p.oid), pg_get_function_result(p.oid), p.prosrc, pg_get_function_sqlbody(p.oid))
  from belongs b join pg_proc p on p.oid = b.oid join pg_language l on l.oid = p.prolang where b.class = 'pg_proc'::regclass`;

const SETTINGS_OF = (role: string, names: string): string => `(select ${sorted('c.line')}
      from pg_db_role_setting s cross join lateral unnest(s.setconfig) c (line)
      where s.setrole = ${role} and (s.setdatabase = 0 or s.setdatabase = (select d.oid from pg_database d where d.datname = current_database()))
        and lower(split_part(c.line, '=', 1)) ~ '^${names}$')`;

const ROLE = `select r.name, concat_ws(' ', r.attributes, (select ${sorted('m.line')} from (
      select concat_ws(' ', m.roleid::regrole, ${membership('r')}) as line from pg_auth_members m where m.member = r.oid group by m.roleid
    ) m), ${SETTINGS_OF('r.oid', `(${SEEING}|.*preload_libraries)`)})
  from role r where r.ours`;

/** Those who manage roles are left out: a superuser is a member of everything, and whoever made the roles of some of them. */
const MEMBER = `select r.name || '.' || u.name, concat_ws(' ', ${membership('u')})
  from role r join pg_auth_members m on m.roleid = r.oid join role u on u.oid = m.member where r.ours and not u.ours and not u.manages group by r.name, u.name`;

const DEFAULT_PRIVILEGE = `concat_ws(' ', case when d.defaclnamespace = 0 then 'everywhere' else 'app' end, d.defaclobjtype, item)`;
const DEFAULT_PRIVILEGES = `select d.defaclrole::regrole::text, ${sorted(DEFAULT_PRIVILEGE)} from pg_default_acl d left join lateral unnest(d.defaclacl) item on true
  where d.defaclnamespace in (select ns.oid from ns) or (d.defaclnamespace = 0 and d.defaclrole in (select r.oid from role r where r.ours)) group by d.defaclrole`;

const COLUMN = `concat_ws(' ', c.name, format_type(c.type, c.modifier), c.required, c.identity, c.generated, c.storage, c.compression,
      case when c.coll not in (0, 100) then c.coll::regcollation end,
      case when c.filled then (select pg_get_expr(d.adbin, case c.generated when '' then 0 else c.rel end) from pg_attrdef d where d.adrelid = c.rel and d.adnum = c.num) end)`;

/** An index that a constraint stands on is in the constraint's text; a plain one is put together here, since rendering it takes ten times as long. */
const INDEX = `concat_ws(' ', x.relname, i.indisvalid, i.indisready, i.indislive, case
      when i.indexrelid in (select k.index from con k where k.type in ('p', 'u', 'x')) then null
      when i.indpred is not null or i.indexprs is not null or not i.indcollation::oid[] <@ '{0,100}'
        or not i.indclass::oid[] <@ (select array_agg(o.oid) from pg_opclass o where o.opcdefault) then pg_get_indexdef(i.indexrelid)
      else concat_ws(' ', x.relam, i.indisunique, i.indnullsnotdistinct, i.indnkeyatts, i.indoption, array(select n.list[k] from unnest(i.indkey) k)) end)`;

const TABLE = `select l.name, ${sorted('l.line', '|')} from (
    select r.name, concat_ws(' ', r.kind, r.persistence, case r.kind when 'p' then pg_get_partkeydef(r.oid) end) from rel r where r.kind in ('r', 'p', 'f')
    union all
    select c.table, ${COLUMN} from col c where c.kind in ('r', 'p', 'f') and not c.gone
    union all
    select k.table, k.text from con k
    union all
    select n.table, ${INDEX} from names n join pg_index i on i.indrelid = n.rel join pg_class x on x.oid = i.indexrelid
    union all
    select r.name, 'inherits ' || h.inhparent::regclass::text from rel r join pg_inherits h on h.inhrelid = r.oid
  ) l (name, line) group by l.name`;

const TYPE = `select regexp_replace(i.identity, '^app\\.', ''), (
    select concat_ws(' ', t.typtype, pg_get_userbyid(t.typowner), t.typacl, format_type(t.typbasetype, t.typtypmod), t.typnotnull, t.typdefault,
      (select string_agg(e.enumlabel, ',' order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid),
      (select string_agg(concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod)), ',' order by a.attnum) from pg_attribute a where a.attrelid = t.typrelid),
      (select ${sorted('pg_get_constraintdef(k.oid)')} from pg_constraint k where k.contypid = t.oid and k.contype <> 'n'))
    from pg_type t where t.oid = b.oid)
  from belongs b cross join lateral pg_identify_object(b.class, b.oid, 0) i where b.class = 'pg_type'::regclass`;

const OTHER = `select i.type || ' ' || i.identity, null from belongs b cross join lateral pg_identify_object(b.class, b.oid, 0) i
  where b.class not in ('pg_class'::regclass, 'pg_proc'::regclass, 'pg_type'::regclass, 'pg_operator'::regclass, 'pg_constraint'::regclass,
    'pg_default_acl'::regclass, 'pg_publication_namespace'::regclass)`;

/** Each part's objects and their texts, as a SELECT of two columns over `SOURCES`. A null text is an object that has nothing of that kind. */
export const PART_SQL: Readonly<Record<Part, string>> = {
  'row-security': `select r.name, concat_ws(' ', r.enabled, r.forced) from rel r where r.kind in ('r', 'p', 'f')`,
  policy: POLICY,
  grants: GRANTS,
  owner: 'select r.name, pg_get_userbyid(r.owner) from rel r',
  triggers: TRIGGERS,
  view: `select r.name, concat_ws(' ', r.kind, ${listOf('o', 'unnest(r.options) o')}, pg_get_viewdef(r.oid)) from rel r where r.kind in ('v', 'm')`,
  function: FUNCTION,
  operator: `select regexp_replace(i.identity, '^app\\.', ''), null from belongs b cross join lateral pg_identify_object(b.class, b.oid, 0) i where b.class = 'pg_operator'::regclass`,
  role: ROLE,
  member: MEMBER,
  schema: `select ns.name, concat_ws(' ', pg_get_userbyid(ns.owner), ${listOf('item::text', rights('ns.acl', `'n'`, 'ns.owner'))}) from ns`,
  'default-privileges': DEFAULT_PRIVILEGES,
  settings: `select 'database', ${SETTINGS_OF('0', SEEING)}`,
  table: TABLE,
  sequence: `select r.name, concat_ws(' ', format_type(s.seqtypid, null), s.seqstart, s.seqincrement, s.seqmax, s.seqmin, s.seqcache, s.seqcycle, r.persistence)
    from rel r join pg_sequence s on s.seqrelid = r.oid`,
  type: TYPE,
  other: OTHER,
};
