import type { Client } from 'pg';

export interface CatalogueColumn {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly required: boolean;
  /** As PostgreSQL prints it; null without one. */
  readonly default: string | null;
  readonly identity: boolean;
}

/** Every column of the tables in `app`, in table order, without TypeORM's journal. */
export async function readColumns(client: Client): Promise<CatalogueColumn[]> {
  const { rows } = await client.query<CatalogueColumn>(
    `select c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required,
       pg_get_expr(d.adbin, d.adrelid) as default, a.attidentity = 'd' as identity
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
     where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'migration'
     order by c.relname, a.attnum`,
  );
  return rows;
}

export interface CatalogueKey {
  readonly table: string;
  readonly name: string;
  /** p: primary key, u: unique constraint or unique index, f: foreign key, i: another index. */
  readonly kind: 'p' | 'u' | 'f' | 'i';
  readonly columns: readonly string[];
  /** Of a foreign key. */
  readonly target: string | null;
  readonly onDelete: 'CASCADE' | 'NO ACTION' | 'SET NULL' | null;
}

/** Every key and index of the tables in `app`, without the journal's. Expressions in an index count as no column. */
export async function readKeys(client: Client): Promise<CatalogueKey[]> {
  const { rows } = await client.query<CatalogueKey>(
    `select c.relname as table, k.conname as name, 'f' as kind,
       array(select a.attname::text from unnest(k.conkey) with ordinality n (num, place) join pg_attribute a on a.attrelid = c.oid and a.attnum = n.num order by n.place) as columns,
       t.relname as target, case k.confdeltype when 'c' then 'CASCADE' when 'a' then 'NO ACTION' when 'n' then 'SET NULL' end as "onDelete"
     from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class t on t.oid = k.confrelid
     where k.connamespace = 'app'::regnamespace and k.contype = 'f'
     union all
     select c.relname, i.relname, case when x.indisprimary then 'p' when x.indisunique then 'u' else 'i' end,
       array(select a.attname::text from unnest(x.indkey::int2[]) with ordinality n (num, place) join pg_attribute a on a.attrelid = c.oid and a.attnum = n.num
         where n.place <= x.indnkeyatts order by n.place), null, null
     from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
     where c.relnamespace = 'app'::regnamespace and c.relname <> 'migration'
     order by 1, 2`,
  );
  return rows;
}

/** One line for everything that PostgreSQL knows of the tables in `app`, printed by PostgreSQL, sorted. */
export async function readInventory(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(
    `with t as (select * from pg_class where relnamespace = 'app'::regnamespace and relkind in ('r', 'p') and relname <> 'migration')
     select line from (
       select format('column %s.%s %s%s%s%s', t.relname, a.attname, format_type(a.atttypid, a.atttypmod), case when a.attnotnull then ' not null' end,
           ' default ' || pg_get_expr(d.adbin, d.adrelid), ' identity ' || nullif(a.attidentity::text, ''))
         from t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
         left join pg_attrdef d on d.adrelid = t.oid and d.adnum = a.attnum
       union all select format('constraint %s on %s: %s', k.conname, t.relname, pg_get_constraintdef(k.oid)) from t join pg_constraint k on k.conrelid = t.oid
       union all select 'index ' || pg_get_indexdef(x.indexrelid) from t join pg_index x on x.indrelid = t.oid
       union all select 'trigger ' || pg_get_triggerdef(g.oid) from t join pg_trigger g on g.tgrelid = t.oid where not g.tgisinternal
       union all select format('row security of %s: %s, forced %s', relname, relrowsecurity, relforcerowsecurity) from t
       union all select format('policy %s on %s for %s to %s using %s check %s', policyname, tablename, cmd, roles, qual, with_check) from pg_policies where schemaname = 'app'
       union all select format('grant %s on %s to %s', x.privilege_type, t.relname, x.grantee::regrole) from t cross join lateral aclexplode(t.relacl) x
       union all select format('grant %s (%s) on %s to %s', x.privilege_type, a.attname, t.relname, x.grantee::regrole)
         from t join pg_attribute a on a.attrelid = t.oid cross join lateral aclexplode(a.attacl) x
     ) found (line) order by line`,
  );
  return rows.map(({ line }) => line);
}
