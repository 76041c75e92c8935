import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { belongsTo, checkReachable, giveTo, type Account } from './account.js';
import { EmbeddedStartError, HomeNotWritableError, OtherMajorVersionError, SecretsUnusableError, diskFull, explainSystemError } from './errors.js';
import type { EmbeddedHome } from './home.js';
import type { PostgresPrograms } from './programs.js';
import { EMBEDDED_SUPERUSER, makeSecrets, readSecrets } from './secrets.js';
import type { Durability } from './state.js';

/** PostgreSQL's messages are matched nowhere, but shown; English is what our own sentences are in. */
export const POSTGRES_ENVIRONMENT: Readonly<Record<string, string>> = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/**
 * Makes sure that there is a data folder of our major version with a passwords file beside it; initdb runs in a folder of another
 * name that is renamed when it is whole, so that a kill in the middle leaves nothing half.
 * @throws FolderUnreachableError, OtherMajorVersionError, SecretsUnusableError, HomeNotWritableError, DiskFullError, EmbeddedStartError
 */
export async function ensureDataFolder(
  home: EmbeddedHome,
  programs: PostgresPrograms,
  account: Account | undefined,
  durability: Durability,
  progress: (text: string) => void,
): Promise<void> {
  await checkReachable(account, programs.postgres, 'move the checkout to a folder that everybody can enter');
  await checkReachable(
    account,
    join(programs.packageFolder, 'native', 'share', 'postgresql', 'postgres.bki'),
    'move the checkout to a folder that everybody can enter',
  );
  await checkReachable(account, home.folder, 'set PLINTH_HOME to a folder that everybody can enter');
  await removePartialFolders(home);
  if (existsSync(home.data)) {
    await checkDataFolder(home, programs, account);
    return;
  }
  progress(`Making a PostgreSQL ${programs.major} database in ${home.data}`);
  try {
    if (!(await readSecrets(home))) await makeSecrets(home);
    await initialise(home, programs, account, durability);
  } catch (error) {
    throw explainSystemError(error, home.folder);
  }
}

async function checkDataFolder(home: EmbeddedHome, programs: PostgresPrograms, account: Account | undefined): Promise<void> {
  const version = await readFile(join(home.data, 'PG_VERSION'), 'utf8').catch(() => undefined);
  const major = Number.parseInt(version ?? '', 10);
  if (major !== programs.major) {
    const maker = Number.isNaN(major) ? 'is not a PostgreSQL data folder' : `was made by PostgreSQL ${major}`;
    throw new OtherMajorVersionError(
      `The folder "${home.data}" ${maker}, and this installation brings PostgreSQL ${programs.major} (${programs.version}). Nothing in it was changed. ` +
        'To keep the data, go back to the version of Plinth that made it, or set PLINTH_HOME to another folder and start there; to give the data up, run "npm run db:reset -- --yes".',
      { fields: { path: home.data, found: Number.isNaN(major) ? null : major, brought: programs.major } },
    );
  }
  if (!(await belongsTo(account, home.data))) {
    throw new HomeNotWritableError(
      `The data folder "${home.data}" belongs to another user than "${account?.name ?? `uid ${process.getuid?.()}`}", as whom PostgreSQL would run now. Start Plinth as the user who made it, or set PLINTH_HOME to another folder.`,
      { fields: { path: home.data } },
    );
  }
  if (await readSecrets(home)) return;
  throw new SecretsUnusableError(
    `The data folder "${home.data}" is there, but the file with its passwords, "${home.secretsFile}", is gone. Put back a copy, or start over with "npm run db:reset -- --yes", which deletes the development data.`,
    { fields: { path: home.secretsFile } },
  );
}

async function initialise(home: EmbeddedHome, programs: PostgresPrograms, account: Account | undefined, durability: Durability): Promise<void> {
  const secrets = await readSecrets(home);
  if (!secrets) throw new EmbeddedStartError(`"${home.secretsFile}" vanished while the database was being made.`);
  const partial = `${home.data}.partial-${process.pid}`;
  const passwordFile = `${partial}.password`;
  try {
    await chmod(programs.initdb, 0o755).catch(() => undefined);
    await chmod(programs.postgres, 0o755).catch(() => undefined);
    await mkdir(partial, { mode: 0o700 });
    await giveTo(account, partial);
    await writeFile(passwordFile, secrets.passwords[EMBEDDED_SUPERUSER], { mode: 0o600 });
    await giveTo(account, passwordFile);
    const locale = programs.major >= 17 ? ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : ['--locale=C'];
    const sync = durability === 'test' ? ['--no-sync'] : [];
    await runInitdb(home, programs, account, [
      '-D',
      partial,
      '-U',
      EMBEDDED_SUPERUSER,
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      ...locale,
      ...sync,
    ]);
    await rename(partial, home.data);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(partial, { recursive: true, force: true });
  }
}

function runInitdb(home: EmbeddedHome, programs: PostgresPrograms, account: Account | undefined, args: string[]): Promise<void> {
  const identity = account ? { uid: account.uid, gid: account.gid } : {};
  return new Promise((resolve, reject) => {
    execFile(programs.initdb, args, { ...identity, env: POSTGRES_ENVIRONMENT, cwd: '/' }, (error, stdout, stderr) => {
      if (!error) return resolve();
      const output = `${stdout}\n${stderr}`.trim();
      if (output.includes('No space left on device')) return reject(diskFull(home.folder, error));
      reject(new EmbeddedStartError(`initdb could not make the database in "${home.data}": ${output.split('\n').slice(-6).join(' ')}`, { cause: error }));
    });
  });
}

/** What a killed initdb left behind. We hold the lock, so nobody is at work on one. */
async function removePartialFolders(home: EmbeddedHome): Promise<void> {
  for (const name of await readdir(home.folder)) {
    if (name.startsWith('postgres.partial-')) await rm(join(home.folder, name), { recursive: true, force: true });
  }
}
