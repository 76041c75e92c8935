import { PlinthApiError, PlinthUnreachableError } from '#client';
import type { PlinthCommand } from '../command.js';

export const logout: PlinthCommand = {
  usage: 'logout',
  summary: 'end the session of this machine',
  examples: ['logout'],
  async run({ terminal, sessions, isJson, client }) {
    const session = await sessions.read();
    if (session !== undefined) {
      const ended = await (await client()).POST('/v1/auth/logout').catch((error: unknown) => {
        // What cannot be ended there is forgotten here all the same.
        if (error instanceof PlinthApiError || error instanceof PlinthUnreachableError) return error;
        throw error;
      });
      await sessions.remove();
      if (ended instanceof PlinthUnreachableError) terminal.say(`${ended.message} The session is forgotten here; there it ends by itself.`);
    }
    terminal.out(isJson ? JSON.stringify({ signedOut: session !== undefined }) : session === undefined ? 'Nobody was signed in.' : 'Signed out.');
  },
};
