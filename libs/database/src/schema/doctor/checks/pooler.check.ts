import { TransactionPoolerError } from '../../../migrations/errors.js';
import { refuseTransactionPooler } from '../../../migrations/runner/pooler.js';
import { sessionOfClient } from '../../../migrations/runner/session.js';
import type { DoctorCheck } from '../check.js';
import { reachedLogins, type DoctorContext } from '../context.js';
import { ok, setting, wrong, type Diagnosis } from '../diagnosis.js';
import type { ReachedLogin } from '../logins/login.js';

/** Services may go through a pooler in transaction mode; LISTEN, migrations and the schema's tools need a way past it. */
export const poolerCheck: DoctorCheck = {
  name: 'pooler',
  look: (context) => Promise.all(reachedLogins(context).map((login) => of(login, context))),
};

async function of(login: ReachedLogin, context: DoctorContext): Promise<Diagnosis> {
  const { variable, use, connection } = login;
  if (!(await isPooled(login))) return ok(variable, 'a session of its own');
  const { host = '', port = 5432, database = '' } = connection;
  const place = `"${host}:${port}" is a pooler in transaction mode`;
  const past = setting(`DATABASE_DIRECT_URL=postgres://<host of PostgreSQL itself>:5432/${database}`);
  if (use === 'direct') return wrong(variable, `${place}, where this variable leads past one.`, past);
  if (use === 'scratch' || use === 'administrator') {
    return wrong(variable, `${place}, and the schema's tools need sessions.`, setting(`${variable}: host and port of PostgreSQL itself`));
  }
  const direct = context.logins.some((one) => one.use === 'direct');
  if (use === 'further' || direct)
    return ok(variable, `${place}; what needs a session goes past it. Before PgBouncer 1.21: DATABASE_PREPARED_STATEMENTS=false`);
  return wrong(variable, `${place}: neither LISTEN nor the migration lock holds there, and no DATABASE_DIRECT_URL leads past it.`, past);
}

async function isPooled({ client, connection }: ReachedLogin): Promise<boolean> {
  try {
    await refuseTransactionPooler(client, sessionOfClient(client), connection);
    return false;
  } catch (error) {
    if (error instanceof TransactionPoolerError) return true;
    throw error;
  }
}
