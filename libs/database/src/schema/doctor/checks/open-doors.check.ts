import { databaseGrant } from '../../catalogue/own/database-grant.js';
import { openedFunction } from '../../catalogue/own/opened-function.js';
import { parameterGrant } from '../../catalogue/own/parameter-grant.js';
import { schemaGrant } from '../../catalogue/own/schema-grant.js';
import type { DoctorCheck } from '../check.js';
import { anyOfDatabase } from '../context.js';
import { makeRoles, warning, type Diagnosis } from '../diagnosis.js';
import type { ReachedLogin } from '../logins/login.js';
import { lookAtKinds } from './own-kinds.js';

/** A door of each kind that was never closed: its grants are those of initdb. The same doors as roles/schema-steps.ts closes. */
const LEFT_OPEN = `
  select door from (values
    ('set_config', 'pg_catalog.set_config(text,text,boolean)'), ('large objects', 'pg_catalog.lo_create(oid)'),
    ('advisory locks', 'pg_catalog.pg_advisory_lock(bigint)')) doors (door, signature)
  join pg_catalog.pg_proc p on p.oid = signature::regprocedure
  where p.proacl is null`;

/** What PostgreSQL opens to everybody, and a bootstrap closes: temporary things, CREATE, ways around row security. */
export const openDoorsCheck: DoctorCheck = {
  name: 'open-doors',
  async look(context) {
    const login = anyOfDatabase(context);
    const kinds = [databaseGrant, schemaGrant, openedFunction, parameterGrant];
    return [...(await lookAtKinds(login, kinds, 'rights', 'nothing is open to everybody that was closed')), ...(await leftOpen(login))];
  },
};

async function leftOpen({ client, connection }: ReachedLogin): Promise<Diagnosis[]> {
  const { rows } = await client.query<{ door: string }>(LEFT_OPEN);
  if (rows.length === 0) return [];
  const doors = rows.map(({ door }) => door).join(', ');
  const says = `Never closed to everybody on this server: ${doors}. Only a superuser can; docs/threat-model.md says what it means while they are open.`;
  return [warning('server', says, makeRoles(connection))];
}
