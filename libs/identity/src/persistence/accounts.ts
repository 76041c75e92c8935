import type { MemberRole, Sql } from '#database';

/** Failures in a row that cost nothing: people mistype. */
const FREE_FAILURES = 5;
/** Then the pause doubles from one second up to this; an attacker gets at most one guess a minute. */
const LONGEST_PAUSE_SECONDS = 60;

export interface NewAccount {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string;
}

/** Inserts the person, whose address counts as proven, or returns false when it is taken. */
export async function insertUser(sql: Sql, account: NewAccount): Promise<boolean> {
  const inserted = await sql.execute(
    'insert into app."user" (id, email, name, email_verified_at) values (:userId, :email, :name, now()) on conflict (email) do nothing',
    { userId: account.userId, email: account.email, name: account.name },
  );
  return inserted === 1;
}

/** Inserts how the person signs in. */
export async function insertCredential(sql: Sql, account: NewAccount): Promise<void> {
  await sql.execute('insert into app.user_credential (user_id, password_hash) values (:userId, :passwordHash)', {
    userId: account.userId,
    passwordHash: account.passwordHash,
  });
}

export interface AttemptedAccount {
  readonly userId: string;
  readonly passwordHash: string;
}

/**
 * Counts an attempt to sign in as failed and returns what it must match, or nothing for an address that is unknown,
 * deactivated or pausing: the same statement and the same answer for all three. Counting before checking is what
 * makes guesses in parallel no cheaper than guesses one by one; {@link recordSignIn} takes the count back.
 */
export async function countAttempt(sql: Sql, email: string): Promise<AttemptedAccount | undefined> {
  const [row] = await sql.query<{ user_id: string; password_hash: string }>(
    `update app.user_credential c
        set failed_attempts = c.failed_attempts + 1,
            locked_until = case when c.failed_attempts + 1 > :free::int
              then now() + make_interval(secs => least(:longest::int, power(2, least(c.failed_attempts - :free::int, 20)))::float8) end
       from app."user" u
      where u.email = :email and u.is_active and c.user_id = u.id and (c.locked_until is null or c.locked_until <= now())
     returning c.user_id, c.password_hash`,
    { email, free: FREE_FAILURES, longest: LONGEST_PAUSE_SECONDS },
  );
  return row === undefined ? undefined : { userId: row.user_id, passwordHash: row.password_hash };
}

/** Forgets the failures of an account and notes when it signed in. */
export async function recordSignIn(sql: Sql, userId: string): Promise<void> {
  await sql.execute('update app.user_credential set failed_attempts = 0, locked_until = null where user_id = :userId', { userId });
  await sql.execute('update app."user" set last_login_at = now() where id = :userId', { userId });
}

export interface MembershipRow {
  readonly org_id: string;
  readonly role: MemberRole;
}

/** The organization a person signs in to: the one last chosen if it is still open to them, otherwise the one joined first. */
export async function findMembership(sql: Sql, userId: string): Promise<MembershipRow | undefined> {
  const [row] = await sql.query<MembershipRow>(
    `select m.org_id, m.role
       from app.organization_user m
       join app."user" u on u.id = m.user_id
       join app.organization o on o.id = m.org_id
      where m.user_id = :userId and o.status = 'ACTIVE'
      order by (m.org_id = u.current_org_id) desc nulls last, m.joined_at, m.org_id
      limit 1`,
    { userId },
  );
  return row;
}
