import type { Sql } from '#database';
import type { AttemptedAccount } from './accounts.js';

/**
 * How failed attempts to sign in are held back, so that nobody can guess on and nobody can lock somebody else out:
 *
 * 1. Attempts are counted for each pair of address and client network. The first five cost nothing, then the pair pauses, for one
 *    second after the sixth and twice as long after each further one, up to a minute. A success forgets them, and so does an hour
 *    without an attempt. Whoever is somewhere else is not concerned.
 * 2. Attempts from networks that have not signed in to the address before are also counted together, against an attacker with
 *    many networks. Above a hundred, of all these networks one attempt is taken each time a pause of one to ten seconds is over:
 *    slower, but never closed. A network that has signed in to the address within 90 days passes this by.
 *
 * An attempt that meets a pause counts nothing and does not extend it. Unknown addresses are counted like known ones.
 */
const PAIR = { free: 5, longestSeconds: 60 };
const ACCOUNT = { free: 100, longestSeconds: 10 };
const MEMORY_MS = 3_600_000;
const KNOWN_MS = 7_776_000_000;

const NOW = '(extract(epoch from clock_timestamp()) * 1000)::bigint';

/** Under which names attempts are counted. */
export interface AttemptKeys {
  /** The address from one network. */
  readonly pair: string;
  /** That the address has been signed in to from this network. */
  readonly known: string;
  /** The address from all networks that are not known to it. */
  readonly account: string;
}

/** Counts one more in `r`, unless it pauses: the pause begins with the last count, which was `:memory` before the counter expires. */
function countUnlessPausing({ free, longestSeconds }: typeof PAIR): string {
  const pause = `(case when r.points > ${free} then least(${longestSeconds}, power(2, least(r.points - ${free + 1}, 20))) else 0 end * 1000)::bigint`;
  return `on conflict (key) do update
             set points = case when r.expire <= ${NOW} then 1 else r.points + 1 end, expire = ${NOW} + :memory::bigint
           where r.expire <= ${NOW} or r.expire - :memory::bigint + ${pause} <= ${NOW}
       returning r.points`;
}

const COUNT_ATTEMPT = `
  with pair as (
    insert into app.rate_limit as r (key, points, expire) values (:pair, 1, ${NOW} + :memory::bigint)
    ${countUnlessPausing(PAIR)}
  ), known as (
    select key from app.rate_limit where key = :known and expire > ${NOW}
  ), account as (
    insert into app.rate_limit as r (key, points, expire)
    select :account, 1, ${NOW} + :memory::bigint where exists (select from pair) and not exists (select from known)
    ${countUnlessPausing(ACCOUNT)}
  )
  select c.user_id, c.password_hash
    from app."user" u
    join app.user_credential c on c.user_id = u.id
   where u.email = :email and u.is_active and exists (select from pair) and (exists (select from known) or exists (select from account))`;

/**
 * Counts an attempt to sign in as failed and returns what it must match, or nothing for an address that is unknown, deactivated
 * or pausing: the same statement and the same answer for all. Counting before checking is what makes guesses in parallel no
 * cheaper than guesses one by one; {@link recordSignIn} takes the count back. Needs a connection as app_auth.
 */
export async function countAttempt(sql: Sql, email: string, { pair, known, account }: AttemptKeys): Promise<AttemptedAccount | undefined> {
  const [row] = await sql.query<{ user_id: string; password_hash: string }>(COUNT_ATTEMPT, { email, pair, known, account, memory: MEMORY_MS });
  return row === undefined ? undefined : { userId: row.user_id, passwordHash: row.password_hash };
}

const COUNT_REGISTRATION_ATTEMPT = `
  with registration as (
    select password_hash from app.registration where token_hash = :tokenHash and expires_at > now()
  ), attempt as (
    insert into app.rate_limit as r (key, points, expire)
    select :key, 1, ${NOW} + :memory::bigint where exists (select from registration)
    ${countUnlessPausing(PAIR)}
  )
  select password_hash from registration where exists (select from attempt)`;

/**
 * Counts an attempt to prove a registration as failed and returns what the password must match, or nothing where the token is
 * unknown, expired or pausing. Counted for the token alone: whoever has it reads the mail of the address. Needs a connection as app_auth.
 */
export async function countRegistrationAttempt(sql: Sql, tokenHash: string, key: string): Promise<{ readonly passwordHash: string } | undefined> {
  const [row] = await sql.query<{ password_hash: string }>(COUNT_REGISTRATION_ATTEMPT, { tokenHash, key, memory: MEMORY_MS });
  return row === undefined ? undefined : { passwordHash: row.password_hash };
}

/** Forgets what was counted under one name. */
export async function forgetCount(sql: Sql, key: string): Promise<void> {
  await sql.execute('delete from app.rate_limit where key = :key', { key });
}

/**
 * Takes back the count of an attempt that has succeeded, remembers from where, and notes when the person signed in. What other
 * networks have failed stays counted. The counters are locked in the order in which attempts lock them.
 */
export async function recordSignIn(sql: Sql, userId: string, { pair, known, account }: AttemptKeys): Promise<void> {
  await sql.execute('delete from app.rate_limit where key = :pair', { pair });
  await sql.execute(
    `update app.rate_limit set points = greatest(points - 1, 0)
      where key = :account and not exists (select from app.rate_limit k where k.key = :known and k.expire > ${NOW})`,
    { account, known },
  );
  await sql.execute(
    `insert into app.rate_limit (key, points, expire) values (:known, 1, ${NOW} + :memory::bigint)
         on conflict (key) do update set expire = excluded.expire`,
    { known, memory: KNOWN_MS },
  );
  await sql.execute('update app."user" set last_login_at = now() where id = :userId', { userId });
}

/** Forgets what was counted for an address from one network, and together with others, for somebody who has proved to be its owner. */
export async function forgetAttempts(sql: Sql, { pair, account }: AttemptKeys): Promise<void> {
  await sql.execute('delete from app.rate_limit where key = :pair', { pair });
  await sql.execute('delete from app.rate_limit where key = :account', { account });
}
