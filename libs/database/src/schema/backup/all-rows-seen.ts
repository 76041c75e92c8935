import type { ClientBase } from 'pg';
import { SCHEMA } from '../../migrations/journal.js';
import { RowsHiddenError, type HiddenTable } from './errors.js';
import { qualified } from './table-shape.js';

interface Sight {
  readonly name: string;
  readonly login: string;
  readonly schema: boolean;
  readonly readable: boolean;
  readonly unfiltered: boolean;
  readonly opened: boolean;
  readonly restricting: readonly string[];
}

/*
 * What PostgreSQL will do with this login's SELECT: row security is off for it (superuser, BYPASSRLS, an owner that is not forced), or
 * a permissive policy that it falls under lets every row through and no restrictive one takes any away. Only the literal `true` counts:
 * whether another expression is always true nobody can tell.
 */
const SIGHT = `
select c.relname as name, r.rolname as login,
  has_schema_privilege(c.relnamespace, 'USAGE') as schema,
  (select coalesce(bool_and(has_column_privilege(c.oid, a.attnum, 'SELECT')), true)
    from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as readable,
  r.rolsuper or r.rolbypassrls or not c.relrowsecurity or (pg_has_role(c.relowner, 'USAGE') and not c.relforcerowsecurity) as unfiltered,
  exists (select from applying p where p.polrelid = c.oid and p.polpermissive and pg_get_expr(p.polqual, p.polrelid) = 'true') as opened,
  array(select p.polname::text from applying p
    where p.polrelid = c.oid and not p.polpermissive and pg_get_expr(p.polqual, p.polrelid) <> 'true' order by 1) as restricting
from pg_class c join pg_roles r on r.rolname = current_user
where c.relnamespace = (select oid from pg_namespace where nspname = $1) and c.relname = any ($2)
order by c.relname collate "C"`;

const APPLYING = `
with applying as materialized (
  select * from pg_policy p where p.polcmd in ('*', 'r')
    and (0 = any (p.polroles) or exists (select from unnest(p.polroles) r where r <> 0 and pg_has_role(r, 'USAGE')))
)`;

/**
 * Makes sure that the session's role reads every row of these tables: a policy that hides rows makes a statement return fewer of them,
 * and no error. The answer holds while the tables are locked.
 * @throws RowsHiddenError naming every table and the mend
 */
export async function refuseUnlessAllRowsAreSeen(client: ClientBase, tables: readonly string[]): Promise<void> {
  const { rows } = await client.query<Sight>(`${APPLYING}${SIGHT}`, [SCHEMA, tables]);
  const hidden = rows.flatMap((sight) => hiddenOf(sight) ?? []);
  if (hidden.length > 0) throw new RowsHiddenError(rows[0]?.login ?? '', hidden);
}

function hiddenOf({ name, login, schema, readable, unfiltered, opened, restricting }: Sight): HiddenTable | undefined {
  if (!schema) return { name, reason: 'schema', mend: `grant usage on schema ${SCHEMA} to ${login}` };
  if (!readable) return { name, reason: 'privilege', mend: `grant select on ${qualified(name)} to ${login}` };
  if (unfiltered) return undefined;
  if (restricting.length > 0) return { name, reason: 'restrictive-policy', mend: `drop policy "${restricting.join('", "')}" on ${qualified(name)}` };
  if (opened) return undefined;
  return { name, reason: 'no-policy', mend: `create policy owner_all on ${qualified(name)} for all to ${login} using (true) with check (true)` };
}
