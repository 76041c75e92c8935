const ACTION = (letter: string): string =>
  `case ${letter} when 'a' then 'NO ACTION' when 'r' then 'RESTRICT' when 'c' then 'CASCADE' when 'n' then 'SET NULL' when 'd' then 'SET DEFAULT' end`;

const COLUMN_NAMES = (relation: string, numbers: string): string =>
  `coalesce((select json_agg(a.attname order by n.place) from unnest(${numbers}) with ordinality n (num, place)
    join pg_catalog.pg_attribute a on a.attrelid = ${relation} and a.attnum = n.num), '[]')`;

const GRANTS = (acl: string, column: string): string =>
  `select case x.grantee when 0 then 'public' else x.grantee::regrole::text end as role, x.privilege_type as privilege, ${column} as column, x.is_grantable as grantable
    from aclexplode(${acl}) x where x.grantee <> c.relowner`;

const COLUMNS = `coalesce((select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'isEnum', ty.typtype = 'e',
    'required', a.attnotnull, 'default', pg_get_expr(d.adbin, d.adrelid), 'identity', a.attidentity, 'generated', a.attgenerated) order by a.attnum)
  from pg_catalog.pg_attribute a join pg_catalog.pg_type ty on ty.oid = a.atttypid
  left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped), '[]')`;

const POLICIES = `coalesce((select json_agg(json_build_object('name', p.polname, 'permissive', p.polpermissive,
    'command', case p.polcmd when 'r' then 'SELECT' when 'a' then 'INSERT' when 'w' then 'UPDATE' when 'd' then 'DELETE' else 'ALL' end,
    'roles', (select json_agg(case r when 0 then 'public' else r::regrole::text end order by r) from unnest(p.polroles) r),
    'using', pg_get_expr(p.polqual, p.polrelid), 'check', pg_get_expr(p.polwithcheck, p.polrelid)) order by p.polname)
  from pg_catalog.pg_policy p where p.polrelid = c.oid), '[]')`;

const INDEXES = `coalesce((select json_agg(json_build_object('name', i.relname, 'unique', x.indisunique, 'primary', x.indisprimary, 'valid', x.indisvalid,
    'columns', (select json_agg(a.attname order by n.place) from unnest(x.indkey::int2[]) with ordinality n (num, place)
      left join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum = n.num and n.num > 0 where n.place <= x.indnkeyatts)) order by i.relname)
  from pg_catalog.pg_index x join pg_catalog.pg_class i on i.oid = x.indexrelid where x.indrelid = c.oid), '[]')`;

const FOREIGN_KEYS = `coalesce((select json_agg(json_build_object('name', k.conname, 'columns', ${COLUMN_NAMES('k.conrelid', 'k.conkey')},
    'target', t.relname, 'targetColumns', ${COLUMN_NAMES('k.confrelid', 'k.confkey')},
    'onDelete', ${ACTION('k.confdeltype')}, 'onUpdate', ${ACTION('k.confupdtype')}) order by k.conname)
  from pg_catalog.pg_constraint k join pg_catalog.pg_class t on t.oid = k.confrelid
  where k.conrelid = c.oid and k.contype = 'f' and k.conparentid = 0), '[]')`;

const CHECKS = `coalesce((select json_agg(json_build_object('name', k.conname, 'columns', ${COLUMN_NAMES('k.conrelid', 'k.conkey')},
    'expression', pg_get_expr(k.conbin, k.conrelid)) order by k.conname)
  from pg_catalog.pg_constraint k where k.conrelid = c.oid and k.contype = 'c'), '[]')`;

const TRIGGERS = `coalesce((select json_agg(json_build_object('name', g.tgname, 'function', p.proname, 'before', g.tgtype & 2 > 0, 'update', g.tgtype & 16 > 0,
    'row', g.tgtype & 1 > 0) order by g.tgname)
  from pg_catalog.pg_trigger g join pg_catalog.pg_proc p on p.oid = g.tgfoid where g.tgrelid = c.oid and not g.tgisinternal), '[]')`;

const RELATION_GRANTS = `coalesce((select json_agg(found order by found.role, found.privilege, found.column) from (
    ${GRANTS('c.relacl', 'null::text')} union all
    select g.* from pg_catalog.pg_attribute a cross join lateral (${GRANTS('a.attacl', 'a.attname::text')}) g where a.attrelid = c.oid and a.attacl is not null
  ) found), '[]')`;

const TABLES = `select json_build_object('name', c.relname, 'owner', c.relowner::regrole::text, 'rowSecurity', c.relrowsecurity, 'forced', c.relforcerowsecurity,
    'columns', ${COLUMNS}, 'policies', ${POLICIES}, 'indexes', ${INDEXES}, 'foreignKeys', ${FOREIGN_KEYS}, 'checks', ${CHECKS},
    'triggers', ${TRIGGERS}, 'grants', ${RELATION_GRANTS}) as item
  from pg_catalog.pg_class c where c.relnamespace = (select oid from ours) and c.relkind in ('r', 'p') and c.relname <> 'migration' order by c.relname`;

/* A function without an ACL is open to everybody. */
const FUNCTIONS = `select json_build_object('signature', format('%s(%s)', p.proname, pg_catalog.oidvectortypes(p.proargtypes)), 'name', p.proname,
    'owner', p.proowner::regrole::text, 'language', l.lanname, 'definer', p.prosecdef, 'volatility', p.provolatile, 'settings', coalesce(to_json(p.proconfig), '[]'),
    'publicMayExecute', p.proacl is null or exists (select from aclexplode(p.proacl) x where x.grantee = 0),
    'isTrigger', p.prorettype in ('pg_catalog.trigger'::regtype, 'pg_catalog.event_trigger'::regtype),
    'definition', case when p.prokind = 'a' then '' else pg_get_functiondef(p.oid) end) as item
  from pg_catalog.pg_proc p join pg_catalog.pg_language l on l.oid = p.prolang
  where p.pronamespace = (select oid from ours) and not exists (select from extended e where e.classid = 'pg_catalog.pg_proc'::regclass and e.objid = p.oid) order by 1::text`;

const VIEWS = `select json_build_object('name', c.relname, 'owner', c.relowner::regrole::text, 'materialized', c.relkind = 'm',
    'invoker', coalesce((select bool_or(lower(o.option_value) in ('true', 'on', '1', 'yes')) from pg_options_to_table(c.reloptions) o where o.option_name = 'security_invoker'), false),
    'reads', coalesce((select json_agg(distinct t.relname) from pg_catalog.pg_rewrite w
      join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_rewrite'::regclass and d.objid = w.oid and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid <> c.oid
      join pg_catalog.pg_class t on t.oid = d.refobjid and t.relnamespace = (select oid from ours) where w.ev_class = c.oid), '[]'),
    'grants', ${RELATION_GRANTS}) as item
  from pg_catalog.pg_class c where c.relnamespace = (select oid from ours) and c.relkind in ('v', 'm') order by c.relname`;

/* The sequences of identity columns and of the journal belong to their tables. */
const SEQUENCES = `select json_build_object('name', c.relname, 'owner', c.relowner::regrole::text, 'grants', ${RELATION_GRANTS}) as item
  from pg_catalog.pg_class c where c.relnamespace = (select oid from ours) and c.relkind = 'S' and c.relname <> 'migration_id_seq' order by c.relname`;

const TYPES = `select json_build_object('name', y.typname, 'isEnum', y.typtype = 'e') as item
  from pg_catalog.pg_type y where y.typnamespace = (select oid from ours) and y.typtype in ('e', 'd', 'r') order by y.typname`;

const OUTSIDE = `select to_json(format('%s public.%s', found.kind, found.name)) as item from (
    select c.oid, 'pg_catalog.pg_class'::regclass as class, case c.relkind when 'S' then 'sequence' when 'v' then 'view' when 'm' then 'materialized view' else 'table' end as kind, c.relname as name
      from pg_catalog.pg_class c where c.relnamespace = (select oid from public_schema) and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
    union all select p.oid, 'pg_catalog.pg_proc'::regclass, 'function', p.proname from pg_catalog.pg_proc p where p.pronamespace = (select oid from public_schema)
    union all select y.oid, 'pg_catalog.pg_type'::regclass, 'type', y.typname from pg_catalog.pg_type y
      where y.typnamespace = (select oid from public_schema) and y.typtype in ('e', 'd', 'r')
  ) found where not exists (select from extended e where e.classid = found.class and e.objid = found.oid) order by found.kind, found.name`;

const SCHEMA_GRANTS = `select json_build_object('role', case x.grantee when 0 then 'public' else x.grantee::regrole::text end, 'privilege', x.privilege_type,
    'column', null, 'grantable', x.is_grantable) as item
  from pg_catalog.pg_namespace n cross join lateral aclexplode(n.nspacl) x where n.oid = (select oid from ours) and x.grantee <> n.nspowner order by 1::text`;

const LIST = (name: string, query: string): string => `'${name}', coalesce((select json_agg(listed.item) from (${query}) listed), '[]')`;

/** Answers one row with one column, `model`: a SchemaModel. */
export const MODEL_QUERY = `with ours as (select oid from pg_catalog.pg_namespace where nspname = 'app'),
  public_schema as (select oid from pg_catalog.pg_namespace where nspname = 'public'),
  extended as (select classid, objid from pg_catalog.pg_depend where deptype = 'e')
select json_build_object(${[
  LIST('tables', TABLES),
  LIST('functions', FUNCTIONS),
  LIST('views', VIEWS),
  LIST('sequences', SEQUENCES),
  LIST('types', TYPES),
  LIST('schemaGrants', SCHEMA_GRANTS),
  LIST('outside', OUTSIDE),
].join(',\n')}) as model`;
