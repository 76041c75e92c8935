import type { Client } from 'pg';
import { SCHEMA } from '../../../migrations/journal.js';
import type { FunctionFacts } from './table-facts.js';

const FUNCTIONS = `select p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' as signature, pg_get_function_result(p.oid) as returns,
    l.lanname as language, case p.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end as volatility, p.prosecdef as definer,
    array(select case x.grantee when 0 then 'PUBLIC' else x.grantee::regrole::text end
      from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x where x.grantee <> p.proowner) as "executedBy"
  from pg_proc p join pg_language l on l.oid = p.prolang
  where p.pronamespace = '${SCHEMA}'::regnamespace`;

/** The functions in `app`, and who may call them. */
export async function readFunctions(client: Client): Promise<FunctionFacts[]> {
  const { rows } = await client.query<FunctionFacts>(FUNCTIONS);
  return rows.map((row) => ({ ...row, executedBy: [...row.executedBy].sort() })).sort((one, other) => (one.signature < other.signature ? -1 : 1));
}
