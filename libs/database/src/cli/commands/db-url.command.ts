import { once } from 'node:events';
import { Option } from 'commander';
import { serverStatus } from '../../embedded/control.js';
import { embeddedHome } from '../../embedded/home.js';
import { joinEmbeddedServer, type EmbeddedUrls } from '../../embedded/join.js';
import { readEnvFile } from '../../embedded/prepare-environment.js';
import type { CliCommand } from '../command.js';

const LOGINS = ['admin', 'owner', 'login', 'privileged', 'queue'] as const satisfies readonly (keyof EmbeddedUrls)[];

export interface UrlOptions {
  readonly as: keyof EmbeddedUrls;
  readonly hold?: boolean;
}

/** Prints where the embedded PostgreSQL is, for psql and the like; starts it if need be. */
export const dbUrl: CliCommand<UrlOptions> = {
  name: 'db:url',
  summary: 'print a URL of the embedded PostgreSQL of this checkout, with its password',
  configure(command) {
    command
      .addOption(new Option('--as <login>', 'whose URL: the superuser, app_owner, app_login, app_privileged or app_queue').choices(LOGINS).default('admin'))
      .option('--hold', 'keep PostgreSQL running until Ctrl-C');
  },
  async run({ as, hold = false }, io) {
    readEnvFile();
    if (io.env['DATABASE_URL']) io.err('DATABASE_URL is set: the services use that server, and not this one.');
    const ranBefore = (await serverStatus(embeddedHome())) !== undefined;
    const server = await joinEmbeddedServer({ name: 'db:url', onProgress: (text) => io.err(text) });
    try {
      io.out(server.urls[as]);
      if (hold) await untilInterrupted();
      else if (!ranBefore) io.err('It was started for this, and stops in a moment. To keep it running: npm start, or npm run db:url -- --hold.');
    } finally {
      await server.release();
    }
  },
};

/** A lease does not keep a process alive; this does. */
async function untilInterrupted(): Promise<void> {
  const alive = setInterval(() => undefined, 60_000);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  clearInterval(alive);
}
