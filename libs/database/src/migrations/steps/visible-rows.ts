import type { QueryRunner, QueryResult } from 'typeorm';
import { HiddenRowsError } from './errors.js';

interface Visibility {
  readonly table: string;
  readonly role: string;
  readonly missing: boolean;
  /** Row security applies to this role at this table. */
  readonly active: boolean;
  /** A permissive policy shows and takes every row, and no restrictive one is in its way. */
  readonly open: boolean;
}

/** A role is meant by a policy when it is a member of the policy's role, or the policy is everybody's (0). */
const VISIBILITY = `
  with wanted as (select named, to_regclass(named) as oid from unnest($1::text[]) as named),
  policies as (
    select p.polrelid, p.polpermissive, p.polcmd = '*' as for_all,
      coalesce(pg_get_expr(p.polqual, p.polrelid), 'true') = 'true' and coalesce(pg_get_expr(p.polwithcheck, p.polrelid), 'true') = 'true' as every_row
    from pg_policy p join wanted on wanted.oid = p.polrelid
    where exists (select from unnest(p.polroles) as role where role = 0 or pg_has_role(current_user, role, 'usage'))
  )
  select named as "table", current_user::text as role, oid is null as missing, oid is not null and row_security_active(oid) as active,
    exists (select from policies where polrelid = oid and polpermissive and for_all and every_row)
      and not exists (select from policies where polrelid = oid and not polpermissive) as open
  from wanted`;

/** @throws HiddenRowsError that names the first table whose rows the current role does not see and change without exception */
export async function refuseHiddenRows(runner: QueryRunner, tables: readonly string[]): Promise<void> {
  if (tables.length === 0) throw new HiddenRowsError('(none)', '', 'unnamed');
  const result: QueryResult = await runner.query(VISIBILITY, [tables], true);
  for (const { table, role, missing, active, open } of result.records as Visibility[]) {
    if (missing) throw new HiddenRowsError(table, role, 'missing');
    if (active && !open) throw new HiddenRowsError(table, role, 'hidden');
  }
}
