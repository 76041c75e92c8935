import type { TestDatabase } from '#database/testing';
import { asSuperuser } from './as-superuser.js';

/** Every row of every table of the application: the table's name, and the row as JSON. */
export async function everythingStored(database: TestDatabase): Promise<{ table: string; row: string }[]> {
  const tables = await asSuperuser<{ name: string }>(
    database,
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'app' and c.relkind in ('r', 'p', 'm') and not c.relispartition`,
  );
  const each = tables.map(({ name }) => `select '${name.replaceAll("'", "''")}' as "table", to_jsonb(t)::text as row from ${name} t`);
  return asSuperuser(database, each.join(' union all '));
}
