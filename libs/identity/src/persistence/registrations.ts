import type { Sql } from '#database';

export interface NewRegistration {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string;
  readonly organizationName: string;
  readonly tokenHash: string;
  readonly ttlSeconds: number;
}

/** What a verified registration makes an account of. */
export interface RegistrationRow {
  readonly email: string;
  readonly name: string;
  readonly password_hash: string;
  readonly organization_name: string;
}

/** Inserts a registration that waits for its address to be proven. */
export async function insertRegistration(sql: Sql, registration: NewRegistration): Promise<void> {
  await sql.execute(
    `insert into app.registration (id, email, name, password_hash, organization_name, token_hash, expires_at)
     values (:id, :email, :name, :passwordHash, :organizationName, :tokenHash, now() + make_interval(secs => :ttlSeconds::int))`,
    { ...registration },
  );
}

/**
 * Removes a registration whose address has an account already, and returns whether it has. In the transaction of the insert
 * nothing of it is ever seen, and a taken address costs PostgreSQL the same writes as a free one.
 */
export async function deleteRegistrationOfTakenAddress(sql: Sql, id: string): Promise<boolean> {
  const deleted = await sql.execute('delete from app.registration r where r.id = :id and exists (select from app."user" u where u.email = r.email)', { id });
  return deleted === 1;
}

/** Takes a registration by its token, once; nothing where the token is unknown, used or expired. */
export async function takeRegistration(sql: Sql, tokenHash: string): Promise<RegistrationRow | undefined> {
  const [row] = await sql.query<RegistrationRow>(
    `delete from app.registration where token_hash = :tokenHash and expires_at > now()
     returning email, name, password_hash, organization_name`,
    { tokenHash },
  );
  return row;
}

/** Deletes registrations whose time is over, at most `limit`, and returns how many. Needs an AuthConnection. */
export async function purgeRegistrations(sql: Sql, limit = 1_000): Promise<number> {
  return await sql.execute(
    'delete from app.registration where id in (select id from app.registration where expires_at <= now() order by expires_at limit :limit::int)',
    { limit },
  );
}
