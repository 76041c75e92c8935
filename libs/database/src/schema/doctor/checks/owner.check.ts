import { SCHEMA } from '../../../migrations/journal.js';
import { RowsHiddenError } from '../../backup/errors.js';
import { refuseUnlessAllRowsAreSeen } from '../../backup/all-rows-seen.js';
import type { DoctorCheck } from '../check.js';
import { reachedLogins } from '../context.js';
import { makeRoles, ok, sql, wrong, type Diagnosis } from '../diagnosis.js';
import type { ReachedLogin } from '../logins/login.js';

const OWNER = 'app_owner';
const TABLES = `select relname::text as name from pg_catalog.pg_class where relnamespace = (select oid from pg_catalog.pg_namespace where nspname = $1)
  and relkind in ('r', 'p') order by 1`;

/** The owner login is app_owner, and sees every row: a backup or a data step of another would lack rows without an error. */
export const ownerCheck: DoctorCheck = {
  name: 'owner',
  async look(context) {
    const found = await Promise.all(reachedLogins(context, 'owner', 'direct').map((login) => of(login)));
    return found.flat();
  },
};

async function of(login: ReachedLogin): Promise<Diagnosis[]> {
  const { variable, use, facts, connection } = login;
  if (use === 'direct' && facts.role !== OWNER) return [];
  if (facts.role !== OWNER) {
    return [wrong(variable, `logs in as "${facts.role}". What migrations make would belong to it and not to "${OWNER}".`, makeRoles(connection))];
  }
  return [await seesAllRows(login)];
}

async function seesAllRows({ variable, client, facts: { identity } }: ReachedLogin): Promise<Diagnosis> {
  const { rows } = await client.query<{ name: string }>(TABLES, [SCHEMA]);
  try {
    await refuseUnlessAllRowsAreSeen(
      client,
      rows.map(({ name }) => name),
    );
    return ok(variable, `sees every row of ${rows.length} tables`);
  } catch (error) {
    if (!(error instanceof RowsHiddenError)) throw error;
    const names = error.tables.map(({ name }) => `"${name}"`).join(', ');
    const mends = error.tables.map(({ mend }) => mend).join(';\n');
    return wrong(
      variable,
      `does not see every row of ${names}: backups and data steps would lack rows without an error.`,
      sql(identity.name, mends, 'app_owner'),
    );
  }
}
