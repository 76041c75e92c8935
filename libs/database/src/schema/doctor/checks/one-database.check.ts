import { describeDatabase, isSameDatabase } from '../../backup/database-identity.js';
import type { DoctorCheck } from '../check.js';
import { anyOfDatabase, reachedLogins } from '../context.js';
import { ok, setting, wrong, type Diagnosis } from '../diagnosis.js';
import type { ReachedLogin } from '../logins/login.js';

/** All URLs lead to one database on one server; those of the tools to the same server. */
export const oneDatabaseCheck: DoctorCheck = {
  name: 'one-database',
  look(context) {
    const first = anyOfDatabase(context);
    const others = reachedLogins(context).filter((login) => login !== first && login.use !== 'further');
    const found = others.flatMap((other) => difference(first, other) ?? []);
    const fine = ok('logins', `all lead to ${describeDatabase(first.facts.identity)}`);
    return Promise.resolve(found.length > 0 ? found : [fine]);
  },
};

function difference(one: ReachedLogin, other: ReachedLogin): Diagnosis | undefined {
  const mend = setting(`${other.variable}: host, port and database of ${one.variable}`);
  if (!isSameServer(one, other)) return wrong(other.variable, `leads to another server than ${one.variable}: ${place(other)}, not ${place(one)}.`, mend);
  if (other.use === 'scratch' || other.use === 'administrator') return undefined;
  if (isSameDatabase(one.facts.identity, other.facts.identity)) return undefined;
  return wrong(
    other.variable,
    `leads to the database ${describeDatabase(other.facts.identity)}, and ${one.variable} to ${describeDatabase(one.facts.identity)}.`,
    mend,
  );
}

/** Servers that were copied from one another have the same number, so the moment of the start counts too. */
function isSameServer({ facts: one }: ReachedLogin, { facts: other }: ReachedLogin): boolean {
  const [left, right] = [one.identity.systemIdentifier, other.identity.systemIdentifier];
  return one.started === other.started && (left === null || right === null || left === right);
}

function place({ connection: { host = '', port = 5432 } }: ReachedLogin): string {
  return `"${host}:${port}"`;
}
