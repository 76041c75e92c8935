import { migrateAndSeed } from '../../embedded/migrate-and-seed.js';
import { prepareEnvironment } from '../../embedded/prepare-environment.js';
import type { CliCommand, CliIo, ExitCode } from '../command.js';
import { InvalidOptionError, OwnerUrlMissingError } from '../errors.js';
import { declareRolesOptions, handOut, prepareRoles, type RolesOptions } from '../prepare-roles.js';
import { withManager } from '../schema/open-manager.js';

export type InitOptions = Omit<RolesOptions, 'adminUrl'> & { readonly adminUrl?: string; readonly align?: boolean };

/** Everything an empty database needs: roles, migrations, seeds. Run it as often as you like. */
export const dbInit: CliCommand<InitOptions> = {
  name: 'db:init',
  summary: 'make roles, tables and reference data: in --admin-url, else in DATABASE_OWNER_URL, else in the embedded server',
  configure(command) {
    command.option('--admin-url <url>', 'make the roles first, as a superuser or as a role with CREATEROLE that owns the database');
    command.option('--align', 'repair drift too, as far as no value can be lost (for development; elsewhere read npm run schema:plan first)');
    declareRolesOptions(command);
  },
  async run({ adminUrl, align = false, ...options }, io): Promise<void | ExitCode> {
    if (align && adminUrl !== undefined)
      throw new InvalidOptionError('--align', new Error('works on the database of the environment. Run it after --admin-url, without it.'));
    if (align) return initAndAlign(io);
    if (adminUrl === undefined) return initHere(io);
    return initThere({ ...options, adminUrl }, io);
  },
};

/** The whole of it by the schema manager: an older build that meets a newer schema leaves everything as it is. */
function initAndAlign(io: CliIo): Promise<ExitCode> {
  return withManager({}, io, async (manager) => {
    const { outcome, left } = await manager.initializeDatabase({ align: true });
    if (outcome === 'newer') io.err('The schema is newer than this build: nothing was migrated, repaired or seeded.');
    else
      io.err(
        left.length === 0
          ? 'The database is ready, and has no drift.'
          : `The database is ready. ${left.length} differences are left: npm run schema:check names them.`,
      );
    return outcome === 'ready' && left.length === 0 ? 0 : 1;
  });
}

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
