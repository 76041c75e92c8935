import type { Sql } from '#database';
import { lockSessions } from './sessions.js';

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

/** Somebody who says to be a person, and what their password must match. */
export interface AttemptedAccount {
  readonly userId: string;
  readonly passwordHash: string;
}

/** What the password of the active account of an address must match; nothing where there is none. */
export async function findCredential(sql: Sql, email: string): Promise<AttemptedAccount | undefined> {
  const [row] = await sql.query<{ user_id: string; password_hash: string }>(
    `select c.user_id, c.password_hash from app.user_credential c join app."user" u on u.id = c.user_id where u.email = :email and u.is_active`,
    { email },
  );
  return row === undefined ? undefined : { userId: row.user_id, passwordHash: row.password_hash };
}

/**
 * Whether what somebody was checked against is still what the password of the active person must match. Checking takes long enough
 * for a reset to come between: whoever goes on from the answer does so in this transaction, until whose end the password and the
 * sessions of the person stay as they are. Needs a connection as app_auth.
 */
export async function holdPassword(sql: Sql, { userId, passwordHash }: AttemptedAccount): Promise<boolean> {
  await lockSessions(sql, userId);
  const rows = await sql.query(
    'select c.user_id from app.user_credential c join app."user" u on u.id = c.user_id where c.user_id = :userId and c.password_hash = :passwordHash and u.is_active',
    { userId, passwordHash },
  );
  return rows.length === 1;
}

/** The address of a person, or nothing where there is no such person. */
export async function findAddress(sql: Sql, userId: string): Promise<string | undefined> {
  const [row] = await sql.query<{ email: string }>('select email from app."user" where id = :userId', { userId });
  return row?.email;
}

/** Replaces the password and forgets the failures to sign in with the old one. */
export async function setPassword(sql: Sql, userId: string, passwordHash: string): Promise<void> {
  await sql.execute(
    `insert into app.user_credential (user_id, password_hash) values (:userId, :passwordHash)
     on conflict (user_id) do update set password_hash = excluded.password_hash, failed_attempts = 0, locked_until = null`,
    { userId, passwordHash },
  );
}

/** Gives a person another address, proven at this moment. Fails with a unique violation where it is taken. */
export async function setAddress(sql: Sql, userId: string, email: string): Promise<void> {
  await sql.execute('update app."user" set email = :email, email_verified_at = now() where id = :userId', { userId, email });
}

/** Changes what a person is called. On a tenant's connection a person can only change themselves. */
export async function setName(sql: Sql, userId: string, name: string): Promise<void> {
  await sql.execute('update app."user" set name = :name where id = :userId', { userId, name });
}
