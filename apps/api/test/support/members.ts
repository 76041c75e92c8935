import { newId, type MemberRole } from '#database';
import type { TestDatabase } from '#database/testing';
import { SessionsService } from '#identity';
import { asSuperuser } from './as-superuser.js';
import type { RunningApi } from './running-api.js';

/** Somebody who belongs to an organization, with a session in it. */
export interface Member {
  readonly userId: string;
  readonly email: string;
  readonly token: string;
  readonly sessionId: string;
}

/** Adds a new person to an organization, past row security, and signs them in to it. */
export async function addMember(database: TestDatabase, api: RunningApi, orgId: string, role: MemberRole): Promise<Member> {
  const userId = newId();
  const email = `${userId}@example.test`;
  await asSuperuser(database, `insert into app."user" (id, email, name) values ($1, $2, 'A member')`, [userId, email]);
  await asSuperuser(database, 'insert into app.organization_user (org_id, user_id, role) values ($1, $2, $3)', [orgId, userId, role]);
  const { token, sessionId } = await api.app.get(SessionsService).open({ userId, orgId, role }, { ip: null, userAgent: null });
  return { userId, email, token, sessionId };
}
