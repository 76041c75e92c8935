import { AuthConfig, loadConfig, type Database } from '#database';
import { createOrganization, createTestDatabase, withAdmin, type TestDatabase, type TestOrganization } from '#database/testing';
import { SessionRenewal } from '../../src/sessions/session-renewal.service.js';
import { SessionTokens } from '../../src/sessions/session-tokens.js';
import { SessionsService } from '../../src/sessions/sessions.service.js';
import type { Device, SignedIn } from '../../src/sessions/signed-in.js';
import { AccessTokens } from '../../src/tokens/access-tokens.js';

export const DEVICE: Device = { ip: '203.0.113.7', userAgent: 'a test' };
export const GRACE_SECONDS = 10;

/** Sessions over a database of their own, under the runtime's weak role. */
export interface SessionsWorld {
  readonly test: TestDatabase;
  readonly database: Database;
  readonly config: AuthConfig;
  readonly access: AccessTokens;
  readonly sessions: SessionsService;
  readonly renewal: SessionRenewal;
  /** Makes a person with an organization and opens a session. */
  signIn(): Promise<SignedIn>;
  /** Lets time pass for all tokens of a session. */
  pass(sessionId: string, seconds: number): Promise<void>;
  /** How many tokens of a session would be exchanged now. */
  live(sessionId: string): Promise<number>;
  admin<R extends object>(text: string, values?: unknown[]): Promise<R[]>;
}

export async function openSessionsWorld(): Promise<SessionsWorld> {
  const test = await createTestDatabase();
  const database = await test.open();
  const config = loadConfig(AuthConfig, { NODE_ENV: 'test', REFRESH_GRACE_SECONDS: String(GRACE_SECONDS) });
  const access = new AccessTokens(config);
  const tokens = new SessionTokens(config, access);
  const sessions = new SessionsService(database.auth, tokens, database.current);
  const admin = <R extends object>(text: string, values: unknown[] = []): Promise<R[]> =>
    withAdmin(test.urls.admin, async (client) => (await client.query<R>(text, values)).rows);
  return {
    test,
    database,
    config,
    access,
    sessions,
    renewal: new SessionRenewal(database.auth, config, tokens),
    admin,
    signIn: async () => {
      const { userId, orgId }: TestOrganization = await createOrganization(test);
      return await sessions.open({ userId, orgId, role: 'OWNER' }, DEVICE);
    },
    pass: async (sessionId, seconds) => {
      await admin(
        `update app.refresh_token
            set created_at = created_at - make_interval(secs => $2), expires_at = expires_at - make_interval(secs => $2),
                replaced_at = replaced_at - make_interval(secs => $2)
          where family_id = $1`,
        [sessionId, seconds],
      );
    },
    live: async (sessionId) => {
      const rows = await admin('select id from app.refresh_token where family_id = $1 and revoked_at is null and replaced_at is null and expires_at > now()', [
        sessionId,
      ]);
      return rows.length;
    },
  };
}

/** What a refused promise says, by its code; fails where it was not refused. */
export async function refusalOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return Reflect.get(Object(error), 'code');
  }
  throw new Error('This should have been refused.');
}
