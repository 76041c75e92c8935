import type { Client } from 'pg';
import type { GrantFacts, PolicyRow } from './table-facts.js';
import { withoutParentheses } from '../present/sql-text.js';
import { TABLES, type Of } from './documented-tables.js';

const POLICIES = `select relname as table, p.polname as name,
    case p.polcmd when '*' then 'all' when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' else 'delete' end as command,
    array(select case r when 0 then 'PUBLIC' else r::regrole::text end from unnest(p.polroles) r) as roles, p.polpermissive as permissive,
    pg_get_expr(p.polqual, p.polrelid) as using, pg_get_expr(p.polwithcheck, p.polrelid) as check
  from ${TABLES} join pg_policy p on p.polrelid = t.oid
  order by p.polname collate "C"`;

/** The owner may do everything by being the owner; what it may do differs between majors and says nothing. */
const GRANTS = `select "table", role, command, case when bool_or(place = 0) then null else array_agg("column" order by place) end as columns
  from (
    select relname as table, case x.grantee when 0 then 'PUBLIC' else x.grantee::regrole::text end as role, lower(x.privilege_type) as command,
        null::text as column, 0 as place
      from ${TABLES} cross join lateral aclexplode(t.relacl) x where x.grantee <> t.relowner
    union all
    select relname, case x.grantee when 0 then 'PUBLIC' else x.grantee::regrole::text end, lower(x.privilege_type), a.attname::text, a.attnum
      from ${TABLES} join pg_attribute a on a.attrelid = t.oid cross join lateral aclexplode(a.attacl) x where x.grantee <> t.relowner
  ) found
  group by 1, 2, 3
  order by role collate "C", command collate "C"`;

/** Policies of row security and what roles besides the owner were granted, of all tables. */
export async function readAccess(client: Client): Promise<{ policies: Of<PolicyRow>[]; grants: Of<GrantFacts>[] }> {
  const { rows: policies } = await client.query<Of<PolicyRow>>(POLICIES);
  const { rows: grants } = await client.query<Of<GrantFacts>>(GRANTS);
  return { policies: policies.map((row) => ({ ...row, roles: [...row.roles].sort(), using: bare(row.using), check: bare(row.check) })), grants };
}

/** PostgreSQL prints the outermost parentheses always. */
function bare(expression: string | null): string | null {
  return expression === null ? null : withoutParentheses(expression);
}
