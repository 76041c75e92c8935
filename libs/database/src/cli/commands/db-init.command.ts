import { migrateAndSeed } from '../../embedded/migrate-and-seed.js';
import { prepareEnvironment } from '../../embedded/prepare-environment.js';
import type { CliCommand, CliIo } from '../command.js';
import { OwnerUrlMissingError } from '../errors.js';
import { declareRolesOptions, handOut, prepareRoles, type RolesOptions } from '../prepare-roles.js';

export type InitOptions = Omit<RolesOptions, 'adminUrl'> & { readonly adminUrl?: string };

/** Everything an empty database needs: roles, migrations, seeds. Run it as often as you like. */
export const dbInit: CliCommand<InitOptions> = {
  name: 'db:init',
  summary: 'make roles, tables and reference data: in --admin-url, else in DATABASE_OWNER_URL, else in the embedded server',
  configure(command) {
    command.option('--admin-url <url>', 'make the roles first, as a superuser or as a role with CREATEROLE that owns the database');
    declareRolesOptions(command);
  },
  async run({ adminUrl, ...options }, io) {
    if (adminUrl === undefined) await initHere(io);
    else await initThere({ ...options, adminUrl }, io);
  },
};

async function initThere(options: RolesOptions, io: CliIo): Promise<void> {
  const lines = await prepareRoles(options, io);
  const ownerUrl = lines.find(({ login }) => login === 'app_owner')?.url ?? io.env['DATABASE_OWNER_URL'];
  // Before anything can fail: a password that was made now is known nowhere else.
  await handOut(lines, options, io);
  await initialise(ownerUrl, undefined, io);
}

/** The database of the environment: the URLs that are set, or the embedded server. */
async function initHere(io: CliIo): Promise<void> {
  const prepared = await prepareEnvironment({ service: 'cli', migrate: false });
  try {
    await initialise(io.env['DATABASE_OWNER_URL'], io.env['DATABASE_DIRECT_URL'] || undefined, io);
  } finally {
    await prepared.close();
  }
}

async function initialise(ownerUrl: string | undefined, direct: string | undefined, io: CliIo): Promise<void> {
  if (!ownerUrl) throw new OwnerUrlMissingError();
  await migrateAndSeed(ownerUrl, (text) => io.err(text), direct);
  io.err('The database is ready.');
}
