/**
 * A statement that makes all policies, checks, defaults, plain indexes, functions and triggers of the schema anew from the text that
 * PostgreSQL shows of them: what a dump and restore does, in reverse order.
 */
export const respelled = `do $do$
declare
  r record;
begin
  for r in
    select 1 as step, p.oid, format('drop policy %I on %s', p.polname, p.polrelid::regclass) as undo,
      format('create policy %I on %s as %s for %s to %s', p.polname, p.polrelid::regclass, case when p.polpermissive then 'permissive' else 'restrictive' end,
        case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end, p.polroles[1]::regrole)
      || coalesce(' using (' || pg_get_expr(p.polqual, p.polrelid) || ')', '') || coalesce(' with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', '') as redo
    from pg_policy p join pg_class c on c.oid = p.polrelid where c.relnamespace = 'app'::regnamespace
    union all
    select 2, k.oid, format('alter table %s drop constraint %I', k.conrelid::regclass, k.conname), format('alter table %s add constraint %I %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid))
    from pg_constraint k where k.connamespace = 'app'::regnamespace and k.contype = 'c'
    union all
    select 3, d.oid, format('alter table %s alter column %I drop default', d.adrelid::regclass, a.attname), format('alter table %s alter column %I set default %s', d.adrelid::regclass, a.attname, pg_get_expr(d.adbin, d.adrelid))
    from pg_attrdef d join pg_class c on c.oid = d.adrelid join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum where c.relnamespace = 'app'::regnamespace and a.attgenerated = ''
    union all
    select 4, i.indexrelid, format('drop index %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
    from pg_index i join pg_class c on c.oid = i.indrelid where c.relnamespace = 'app'::regnamespace and not exists (select from pg_constraint k where k.conindid = i.indexrelid)
    union all
    select 5, t.oid, format('drop trigger %I on %s', t.tgname, t.tgrelid::regclass), pg_get_triggerdef(t.oid)
    from pg_trigger t join pg_class c on c.oid = t.tgrelid where c.relnamespace = 'app'::regnamespace and not t.tgisinternal
    union all
    select 6, p.oid, 'select', pg_get_functiondef(p.oid) from pg_proc p where p.pronamespace = 'app'::regnamespace
    order by 1, 2 desc
  loop
    execute r.undo;
    execute r.redo;
  end loop;
end $do$`;
