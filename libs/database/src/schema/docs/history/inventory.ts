import type { Client } from 'pg';
import { MIGRATION_TABLE, SCHEMA } from '../../../migrations/journal.js';

/** The kinds of objects that a change log tells of, in the order in which it does. */
export const OBJECT_KINDS = [
  'table',
  'view',
  'sequence',
  'type',
  'column',
  'constraint',
  'index',
  'row security',
  'policy',
  'grant',
  'trigger',
  'function',
  'comment',
] as const;
export type ObjectKind = (typeof OBJECT_KINDS)[number];

/** One object of the schema, and what PostgreSQL says of it. */
export interface InventoryItem {
  readonly kind: ObjectKind;
  /** The table that it belongs to, or null. */
  readonly table: string | null;
  readonly name: string;
  readonly definition: string;
}

const RELATIONS = `(select * from pg_class where relnamespace = '${SCHEMA}'::regnamespace and relname <> '${MIGRATION_TABLE}')`;
const GRANTEE = `case x.grantee when 0 then 'PUBLIC' else x.grantee::regrole::text end`;

/** Statements of one shape: kind, table, name, definition. The owner's own grants differ between majors and mean nothing. */
const ITEMS: readonly string[] = [
  `select case relkind when 'S' then 'sequence' when 'v' then 'view' when 'm' then 'view' else 'table' end, null, relname::text,
      case when relkind in ('v', 'm') then pg_get_viewdef(t.oid) else '' end
    from ${RELATIONS} t
    where relkind in ('r', 'p', 'v', 'm') or relkind = 'S' and not exists (select from pg_depend d where d.objid = t.oid and d.deptype = 'i')`,
  `select 'type', null, typname::text, coalesce((select string_agg(enumlabel, ', ' order by enumsortorder) from pg_enum where enumtypid = y.oid),
      format_type(nullif(typbasetype, 0), typtypmod), '')
    from pg_type y where typnamespace = '${SCHEMA}'::regnamespace and typtype in ('e', 'd')`,
  `select 'column', relname, a.attname::text, concat(format_type(a.atttypid, a.atttypmod), case when a.attnotnull then ' not null' end,
      ' default ' || pg_get_expr(d.adbin, d.adrelid), case when a.attidentity <> '' then ' generated as identity' end)
    from ${RELATIONS} t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped and t.relkind in ('r', 'p')
    left join pg_attrdef d on d.adrelid = t.oid and d.adnum = a.attnum`,
  `select 'constraint', relname, conname::text, pg_get_constraintdef(k.oid) || case when k.convalidated then '' else ' (not valid)' end
    from ${RELATIONS} t join pg_constraint k on k.conrelid = t.oid and k.contype in ('p', 'u', 'c', 'x', 'f')`,
  `select 'index', relname, substring(i.indexrelid::regclass::text from '[^.]*$'), regexp_replace(pg_get_indexdef(i.indexrelid), '^CREATE (UNIQUE )?INDEX .* ON \\S+ USING ', '\\1')
    from ${RELATIONS} t join pg_index i on i.indrelid = t.oid
    where not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))`,
  `select 'row security', relname, relname::text, case when relforcerowsecurity then 'enabled and forced' else 'enabled' end
    from ${RELATIONS} t where relrowsecurity`,
  `select 'policy', tablename, policyname::text, concat(lower(cmd), ' to ', array_to_string(roles, ', '), ' using ' || qual, ' with check ' || with_check)
    from pg_policies where schemaname = '${SCHEMA}'`,
  `select 'grant', relname, concat(lower(x.privilege_type), ' to ', ${GRANTEE}), ''
    from ${RELATIONS} t cross join lateral aclexplode(t.relacl) x where x.grantee <> t.relowner`,
  `select 'grant', relname, concat(lower(x.privilege_type), ' of columns to ', ${GRANTEE}), string_agg(a.attname, ', ' order by a.attnum)
    from ${RELATIONS} t join pg_attribute a on a.attrelid = t.oid cross join lateral aclexplode(a.attacl) x where x.grantee <> t.relowner
    group by relname, x.privilege_type, x.grantee`,
  `select 'trigger', relname, tgname::text, regexp_replace(pg_get_triggerdef(g.oid), '^.* ((BEFORE|AFTER|INSTEAD OF) .*) ON \\S+ ', '\\1 ')
    from ${RELATIONS} t join pg_trigger g on g.tgrelid = t.oid and not g.tgisinternal`,
  `select 'function', null, p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')', pg_get_functiondef(p.oid)
    from pg_proc p where p.pronamespace = '${SCHEMA}'::regnamespace and p.prokind in ('f', 'p')`,
  `select 'grant', null, concat('execute ', p.proname, '(', pg_get_function_identity_arguments(p.oid), ') to ', ${GRANTEE}), ''
    from pg_proc p cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x
    where p.pronamespace = '${SCHEMA}'::regnamespace and x.grantee <> p.proowner`,
  `select 'comment', relname, coalesce((select attname::text from pg_attribute where attrelid = t.oid and attnum = d.objsubid and d.objsubid > 0), ''), d.description
    from ${RELATIONS} t join pg_description d on d.objoid = t.oid and d.classoid = 'pg_class'::regclass`,
];

/** Everything in `app` that a migration may make, but the journal. Sets the session's search_path. */
export async function readInventory(client: Client): Promise<InventoryItem[]> {
  await client.query('set search_path = pg_catalog');
  const { rows } = await client.query<InventoryItem>(
    `select kind, "table", name, definition from (${ITEMS.join('\nunion all ')}) found (kind, "table", name, definition)
      order by kind collate "C", "table" collate "C" nulls first, name collate "C"`,
  );
  return rows;
}
