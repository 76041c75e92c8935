import { createPlinthClient, type PlinthClient } from '#client';
import { UsageError } from '../errors.js';
import type { SessionFile } from './session-file.js';

export const USUAL_URL = 'http://127.0.0.1:3000';

/**
 * The client of whoever is signed in; its session is renewed and kept. PLINTH_API_KEY, with PLINTH_URL where the API is not on this
 * machine, goes before it: for scripts.
 * @throws UsageError where nobody is signed in
 */
export async function openClient(env: NodeJS.ProcessEnv, sessions: SessionFile): Promise<PlinthClient> {
  const apiKey = env['PLINTH_API_KEY'];
  if (apiKey) return createPlinthClient({ baseUrl: env['PLINTH_URL'] || USUAL_URL, apiKey });
  const session = await sessions.read();
  if (session === undefined) throw new UsageError('NOT_SIGNED_IN', 'Nobody is signed in. Sign in: npm run plinth -- login');
  return createPlinthClient({ baseUrl: session.url, session, onRenewed: async (tokens) => sessions.write({ ...session, ...tokens }) });
}
