import { GUARDED_LOGINS, type GuardedLogin } from '../../../tenancy/boot/guarded-logins.js';
import { readLoginFacts } from '../../../tenancy/boot/login-facts.js';
import { LOGIN_RULES } from '../../../tenancy/boot/login-rules.js';
import type { DoctorCheck } from '../check.js';
import { reachedLogins } from '../context.js';
import { ok, sql, wrong, type Diagnosis } from '../diagnosis.js';
import type { ReachedLogin } from '../logins/login.js';

const GUARDED = ['login', 'privileged', 'queue'] as const satisfies readonly GuardedLogin[];

/** The rules that a service asks of its logins when it starts, every one of them at once. */
export const loginRulesCheck: DoctorCheck = {
  name: 'login-rules',
  async look(context) {
    const found = await Promise.all(GUARDED.flatMap((which) => reachedLogins(context, which).map((login) => of(login, which))));
    return found.flat();
  },
};

async function of({ client, facts: { identity } }: ReachedLogin, which: GuardedLogin): Promise<Diagnosis[]> {
  const row = GUARDED_LOGINS[which];
  const facts = await readLoginFacts(client, row.mayBecome);
  const breaches = LOGIN_RULES.flatMap((rule) => {
    const breach = rule.find(facts, row);
    return breach === undefined ? [] : [wrong(row.variable, `logs in as "${facts.login}", which ${breach.finding}.`, sql(identity.name, breach.mend))];
  });
  if (breaches.length === 0) return [ok(row.variable, `"${facts.login}" can do what "${row.role}" may, and no more`)];
  // A superuser breaks the other rules by being one.
  return facts.reachable.some(({ name, superuser }) => superuser && name === facts.login) ? breaches.slice(0, 1) : breaches;
}
